"""What is on the screen: one file a screen, what they share, and the stage that plays a run."""
