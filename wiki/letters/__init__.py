"""The monthly letter of a space: made from the record of a month, sent by a coordinator, read by each as far as they may."""
