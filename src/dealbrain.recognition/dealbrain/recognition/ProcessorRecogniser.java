package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import dealbrain.recognition.ProcessorModels.Model;
import java.util.List;
import java.util.stream.Stream;

/**
 * Recognises the processor. What the offer does not say for certain is left to the user: a title with two processors,
 * or with a brand only, has none. The description is read only if the titles and the data sheet name no model, since it
 * often compares with others.
 */
final class ProcessorRecogniser implements Recogniser {
    private static final int MAX_CANDIDATES = 5;

    private record Read(Fact fact, ProcessorReading reading) {}

    @Override
    public void recognise(Offer offer, Findings findings) {
        List<Read> titles = read(offer, Kind.TITLE, Kind.PROCESSOR);
        List<Read> named =
                titles.stream().filter(read -> !read.reading().isSilent()).toList();
        if (named.stream().anyMatch(read -> read.reading().isAbsent())) {
            findings.unrecognised("cpu", named.getFirst().fact().text(), "the offer has no processor");
        } else if (named.stream().anyMatch(read -> !read.reading().models().isEmpty())) {
            decide(named, findings, 1);
        } else {
            decide(Stream.concat(named.stream(), described(offer).stream()).toList(), findings, 0.9);
        }
    }

    private static List<Read> read(Offer offer, Kind... kinds) {
        return offer.of(kinds).stream()
                .map(fact -> new Read(fact, ProcessorReading.of(fact.text())))
                .toList();
    }

    /** Returns the descriptions that name one model. */
    private static List<Read> described(Offer offer) {
        return read(offer, Kind.DESCRIPTION).stream()
                .filter(read -> read.reading().isExact())
                .toList();
    }

    private static void decide(List<Read> reads, Findings findings, double factor) {
        List<Model> models = reads.stream()
                .flatMap(read -> read.reading().models().stream())
                .distinct()
                .toList();
        if (models.size() == 1 && isConsistent(reads)) {
            Fact fact = reads.stream()
                    .filter(read -> !read.reading().models().isEmpty())
                    .findFirst()
                    .orElseThrow()
                    .fact();
            findings.recognise(
                    "cpu",
                    models.getFirst().name(),
                    fact.source(),
                    fact.source().confidence() * factor);
            return;
        }
        models.stream()
                .limit(MAX_CANDIDATES)
                .forEach(model -> findings.candidate(new PartCandidate("cpu", null, model.name())));
        reads.stream()
                .findFirst()
                .ifPresentOrElse(
                        read -> ask(read.reading(), models, findings),
                        () -> findings.unrecognised("cpu", "", "the offer names no processor"));
    }

    private static boolean isConsistent(List<Read> reads) {
        List<ProcessorMention> mentions = reads.stream()
                .flatMap(read -> read.reading().included().stream())
                .toList();
        ProcessorMention exact =
                mentions.stream().filter(ProcessorMention::hasModel).findFirst().orElseThrow();
        return mentions.stream().allMatch(exact::agreesWith)
                && reads.stream().noneMatch(read -> read.reading().isMixed());
    }

    private static void ask(ProcessorReading reading, List<Model> models, Findings findings) {
        String reason = models.isEmpty()
                ? "the model of the processor is not stated"
                : "the offer names several processors; choose one";
        findings.unrecognised("cpu", reading.text(), reason);
    }
}
