package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Recognises a graphics card. Graphics in a processor are part of the processor. */
final class GraphicsRecogniser implements Recogniser {
    private static final int MAX_NAME = 40;

    /** A kind of names: its groups are appended to the start of the name. */
    private record Naming(String start, Pattern pattern) {
        static Naming of(String start, String regex) {
            return new Naming(start, Pattern.compile("(?:" + regex + ")(?![a-z0-9])"));
        }
    }

    private static final List<Naming> NAMINGS = List.of(
            Naming.of("NVS ", "(?:nvidia )?nvs[ -]?([0-9]{3})"),
            Naming.of("Quadro RTX ", "quadro[ -]?rtx[ -]?([3-8]000)"),
            Naming.of("RTX ", "rtx[ -]?(a[0-9]{3,4})"),
            Naming.of("RTX ", "rtx[ -]?([0-9]{4}[ -]ada)"),
            Naming.of("GeForce RTX ", "(?:geforce )?rtx[ -]?([2-5]0[5-9]0)[ -]?(ti super|ti|super)?"),
            Naming.of("GeForce GTX ", "(?:geforce )?gtx[ -]?([0-9]{3,4})[ -]?(ti|super)?"),
            Naming.of("GeForce GT ", "(?:geforce )?gt[ -]?([0-9]{3,4})"),
            Naming.of("T", "(?:nvidia |quadro )?t[ -]?(400|600|1000)"),
            Naming.of("Quadro ", "(?:nvidia )?quadro[ -]?([kpm]?[0-9]{3,4})"),
            Naming.of("Quadro ", "nvidia ([kpm][0-9]{3,4})"),
            Naming.of("Quadro ", "(p400|p600|p620|p1000|p2000|p2200|p4000|k420|k620|k1200|k2200|m2000)"),
            Naming.of("Radeon RX ", "(?:amd )?(?:radeon )?rx[ -]?(vega [0-9]{2}|[4-9][0-9]{2,3})[ -]?(xtx|xt|gre)?"),
            Naming.of("Radeon Pro WX ", "(?:radeon )?(?:pro )?wx[ -]?([0-9]{4})"),
            Naming.of("Radeon Pro W", "radeon pro w([0-9]{4})"),
            Naming.of("Radeon R", "radeon r([579][ -][0-9]{3}x?)"),
            Naming.of("Radeon HD ", "radeon hd[ -]?([0-9]{4})"),
            Naming.of("FirePro W", "firepro w([0-9]{4})"),
            Naming.of("Arc ", "(?:intel )?arc[ -]?([ab][0-9]{3}m?)"));

    /** The names without "Quadro" are also those of machines, such as the ThinkStation P620. */
    private static final Set<String> MACHINES = Words.set("thinkstation lenovo thinkpad series serie");

    private static final Set<String> CAPITALISED = Set.of("ti", "super", "ada", "vega");

    @Override
    public void recognise(Offer offer, Findings findings) {
        for (Fact fact : offer.of(Kind.GRAPHICS, Kind.TITLE)) {
            Set<String> names = names(Tokens.of(fact.text()));
            if (names.size() == 1) {
                findings.recognise(
                        "gpu",
                        names.iterator().next(),
                        fact.source(),
                        fact.source().confidence());
                return;
            }
            if (names.size() > 1) {
                names.forEach(name -> findings.candidate(new PartCandidate("gpu", null, name)));
                findings.unrecognised("gpu", fact.text(), "the offer names several graphics cards; choose one");
                return;
            }
        }
    }

    private static Set<String> names(Tokens tokens) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size(); ) {
            int start = i;
            List<String> found = new ArrayList<>();
            i = Math.max(i + 1, at(tokens, start, found));
            boolean isMachine = MACHINES.contains(tokens.word(start - 1));
            if (!found.isEmpty() && !isMachine && !Exclusions.isExcluded(tokens, start, i)) {
                names.addAll(found);
            }
        }
        return names;
    }

    /** Adds the name that starts at a word. Returns the word after it. */
    private static int at(Tokens tokens, int start, List<String> found) {
        String text = tokens.slice(start, Math.min(tokens.size(), start + 5));
        String bounded = text.substring(0, Math.min(MAX_NAME, text.length())).toLowerCase(Locale.ROOT);
        for (Naming naming : NAMINGS) {
            Matcher matcher = naming.pattern().matcher(bounded);
            if (matcher.lookingAt()) {
                found.add(name(naming, matcher));
                int end = tokens.get(start).start() + matcher.end();
                int next = start;
                while (next < tokens.size() && tokens.get(next).start() < end) {
                    next++;
                }
                return next;
            }
        }
        return start;
    }

    private static String name(Naming naming, Matcher matcher) {
        List<String> words = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            String group = matcher.group(i);
            if (group != null) {
                words.addAll(List.of(group.split("[ -]", -1)));
            }
        }
        return naming.start() + words.stream().map(GraphicsRecogniser::spelled).collect(Collectors.joining(" "));
    }

    /** Returns "Ti", "Super" and "Ada", but "XT", "A380" and "P1000". */
    private static String spelled(String word) {
        return CAPITALISED.contains(word)
                ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)
                : word.toUpperCase(Locale.ROOT);
    }
}
