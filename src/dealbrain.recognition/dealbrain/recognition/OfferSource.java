package dealbrain.recognition;

/** Where something was found. The order is that of trust: of two titles, the first is used. */
enum OfferSource {
    TITLE(0.95),
    JSON_LD(0.9),
    MICRODATA(0.9),
    OPEN_GRAPH(0.85),
    HTML(0.8),
    URL(0.95),
    TEXT(0.7);

    private final double confidence;

    OfferSource(double confidence) {
        this.confidence = confidence;
    }

    /** Returns how certain a statement of this source is, between 0 and 1. */
    double confidence() {
        return confidence;
    }
}
