"""The balies of a workspace, from what people type and click to what they read."""
