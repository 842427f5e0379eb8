"""Where everything is kept, what is open, what is not protected."""
