"""What the clinic works with: rooms, devices, prices, and the lots of what is used up."""
