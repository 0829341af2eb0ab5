package dealbrain.recognition;

import dealbrain.recognition.CapacityUse.Use;
import dealbrain.recognition.Fact.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Recognises the size of the memory, or that there is none. */
final class MemoryRecogniser implements Recogniser {
    private static final int MAX_GB = 4096;

    @Override
    public void recognise(Offer offer, Findings findings) {
        for (Fact fact : offer.of(Kind.MEMORY, Kind.TITLE, Kind.DESCRIPTION)) {
            Tokens tokens = Tokens.of(fact.text());
            List<Capacity> memory = memory(tokens, fact.kind());
            Set<Integer> sizes = memory.stream().map(Capacity::total).collect(Collectors.toSet());
            if (sizes.size() > 1) {
                findings.unrecognised("ram_gb", fact.text(), "the offer names several sizes of memory; choose one");
                return;
            }
            Optional<Integer> size = sizes.isEmpty()
                    ? absent(tokens, fact.kind())
                    : sizes.stream().findFirst();
            if (size.isPresent() && size.get() <= MAX_GB) {
                findings.number(
                        "ram_gb", size.get(), fact.source(), fact.source().confidence());
                return;
            }
        }
    }

    private static List<Capacity> memory(Tokens tokens, Kind kind) {
        List<CapacityUse> uses = CapacityUse.of(tokens);
        return uses.stream()
                .filter(each -> each.use() == Use.MEMORY || (kind == Kind.MEMORY && each.use() == Use.UNKNOWN))
                .map(CapacityUse::capacity)
                .limit(kind == Kind.DESCRIPTION ? 1 : Integer.MAX_VALUE)
                .toList();
    }

    private static Optional<Integer> absent(Tokens tokens, Kind kind) {
        boolean isAbsent = kind == Kind.TITLE && Absences.of(tokens).contains(Absences.Part.MEMORY);
        return isAbsent ? Optional.of(0) : Optional.empty();
    }
}
