package dealbrain.recognition;

/** A text of the offer, and what it is about. */
record Fact(OfferSource source, Kind kind, String text) {
    /** What a text is about. */
    enum Kind {
        TITLE,
        DESCRIPTION,
        ADDRESS,
        IMAGE,
        PRICE,
        CONDITION,
        SELLER,
        MAKER,
        MODEL,
        MODEL_NUMBER,
        PROCESSOR,
        GRAPHICS,
        MEMORY,
        DRIVE,
        FORM_FACTOR
    }
}
