"""Talk: the conversation, the composer, and the crisis surfaces above them."""
