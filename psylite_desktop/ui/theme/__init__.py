"""How the window looks: tokens become palette and style sheet; fonts, icons, live switching."""
