package dealbrain.recognition;

import dealbrain.listings.ListingInput;
import java.util.List;

/** The draft of a listing, and what it is based on. */
record ParseResult(
        ListingInput draft,
        List<RecognisedValue> recognised,
        List<PartCandidate> candidates,
        List<UnrecognisedText> unrecognised) {
    ParseResult {
        recognised = List.copyOf(recognised);
        candidates = List.copyOf(candidates);
        unrecognised = List.copyOf(unrecognised);
    }
}
