"""What is on the screen: a folder a screen, what they share, and the stage that plays a run."""
