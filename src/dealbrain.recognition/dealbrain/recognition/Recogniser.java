package dealbrain.recognition;

/** Recognises one or a few members of a listing. Thread-safe. */
interface Recogniser {
    void recognise(Offer offer, Findings findings);
}
