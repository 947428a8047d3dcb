"""The walk of the operating guide: an attendance export nobody has described, loaded after editing only TOML."""
