package dealbrain.recognition;

/** A text that the draft leaves out, or a member that is missing, and why. */
record UnrecognisedText(String field, String text, String reason) {}
