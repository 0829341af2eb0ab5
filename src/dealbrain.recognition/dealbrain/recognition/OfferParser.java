package dealbrain.recognition;

import java.util.List;

/** Recognises an offer. Thread-safe. */
final class OfferParser {
    private static final List<Recogniser> RECOGNISERS = List.of(
            new TitleRecogniser(),
            new ShopRecogniser(),
            new SellerRecogniser(),
            new PriceRecogniser(),
            new ConditionRecogniser(),
            new MachineRecogniser(),
            new FormFactorRecogniser(),
            new ProcessorRecogniser(),
            new GraphicsRecogniser(),
            new MemoryRecogniser(),
            new DriveRecogniser());

    private final PartLookup parts;

    OfferParser(PartLookup parts) {
        this.parts = parts;
    }

    /** Returns the draft of a listing. Up to two statements: one for processors and one for graphics cards. */
    ParseResult parse(ParseInput input) {
        Findings findings = recognise(input);
        parts.resolve(findings);
        return new ParseResult(
                Draft.of(findings), findings.recognised(), findings.candidates(), findings.unrecognised());
    }

    /** Returns what the offer says, before its parts are looked for in the catalog. */
    static Findings recognise(ParseInput input) {
        Findings findings = new Findings();
        Offer offer = OfferReader.read(input, findings);
        RECOGNISERS.forEach(recogniser -> recogniser.recognise(offer, findings));
        return findings;
    }
}
