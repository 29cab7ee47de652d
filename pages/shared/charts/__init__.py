"""What every chart has in common. No page's chart."""
