"""What is taken along: papers, presentations, pictures, packages."""
