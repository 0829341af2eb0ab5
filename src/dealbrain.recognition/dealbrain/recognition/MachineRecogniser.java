package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises the maker, the series and the model by {@code machines.txt}, and the part number of data sheets. */
final class MachineRecogniser implements Recogniser {
    private static final List<Series> ALL = read();
    private static final int MAX_MODEL = 30;
    private static final Pattern GLUED_GENERATION = Pattern.compile("^([0-9]{3})(g[0-9])");

    /** @param model of the words after the series, in lower case; null if none is expected */
    private record Series(
            List<String> words,
            String maker,
            String name,
            @Nullable Pattern model,
            boolean isUpper) {}

    private record Machine(Series series, String model) {}

    private static List<Series> read() {
        List<Series> all = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(MachineRecogniser.class.getResourceAsStream("machines.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> all.add(series(line.split(";", -1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(all);
    }

    private static Series series(String[] columns) {
        String model = columns[3].strip();
        boolean isUpper = model.startsWith("!");
        return new Series(
                List.of(columns[0].split(" ", -1)),
                columns[1].strip(),
                columns[2].strip(),
                model.isEmpty()
                        ? null
                        : Pattern.compile("(?:" + (isUpper ? model.substring(1) : model) + ")(?![a-z0-9])"),
                isUpper);
    }

    @Override
    public void recognise(Offer offer, Findings findings) {
        for (Fact fact : offer.of(Kind.TITLE)) {
            Optional<Machine> machine = machine(Tokens.of(fact.text()));
            if (machine.isPresent()) {
                add(machine.get(), fact.source(), findings);
                break;
            }
        }
        addStated(offer, findings, Kind.MAKER, "manufacturer", 100);
        addStated(offer, findings, Kind.MODEL, "device_model", 255);
        addStated(offer, findings, Kind.MODEL_NUMBER, "model_number", 100);
    }

    private static void addStated(Offer offer, Findings findings, Kind kind, String member, int max) {
        if (!findings.has(member)) {
            offer.first(kind).ifPresent(fact -> findings.text(member, fact.text(), max, fact.source()));
        }
    }

    private static void add(Machine machine, OfferSource source, Findings findings) {
        Series series = machine.series();
        if (!series.maker().isEmpty()) {
            findings.text("manufacturer", series.maker(), 100, source);
        }
        if (!series.name().isEmpty() && !series.name().equals(series.maker())) {
            findings.text("series", series.name(), 100, source);
        }
        if (!machine.model().isEmpty()) {
            boolean isComplete = machine.model()
                    .toLowerCase(Locale.ROOT)
                    .startsWith(series.name().toLowerCase(Locale.ROOT));
            String model = isComplete ? machine.model() : series.name() + " " + machine.model();
            findings.text("device_model", model, 255, source);
        }
    }

    /** Returns the first series of the table that a text names, one with its model before one without. */
    private static Optional<Machine> machine(Tokens tokens) {
        Optional<Machine> unnamed = Optional.empty();
        for (Series series : ALL) {
            for (int i = 0; i < tokens.size(); i++) {
                if (isAt(tokens, i, series.words())) {
                    String model = model(tokens, i + series.words().size(), series);
                    if (!model.isEmpty() || series.model() == null) {
                        return Optional.of(unnamed.filter(_ -> model.isEmpty()).orElse(new Machine(series, model)));
                    }
                    unnamed = unnamed.isEmpty() && !series.words().equals(List.of("lenovo"))
                            ? Optional.of(new Machine(series, ""))
                            : unnamed;
                }
            }
        }
        return unnamed;
    }

    private static boolean isAt(Tokens tokens, int index, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (!tokens.word(index + i).equals(words.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String model(Tokens tokens, int start, Series series) {
        if (series.model() == null || start >= tokens.size() || !tokens.isJoined(start)) {
            return "";
        }
        String text = tokens.slice(start, Math.min(tokens.size(), start + 4));
        Matcher matcher = series.model().matcher(text.toLowerCase(Locale.ROOT));
        return matcher.lookingAt() && matcher.end() <= MAX_MODEL
                ? spelled(text.substring(0, matcher.end()).toLowerCase(Locale.ROOT), series.isUpper())
                : "";
    }

    /** Returns "800 G4", "M720q" and "SER5 Pro" for models in lower case. */
    private static String spelled(String model, boolean isUpper) {
        StringBuilder spelled = new StringBuilder();
        for (String word : GLUED_GENERATION.matcher(model).replaceFirst("$1 $2").split(" ", -1)) {
            boolean hasDigit = word.chars().anyMatch(Tokens::isDigit);
            spelled.append(spelled.isEmpty() ? "" : " ")
                    .append(
                            isUpper && hasDigit
                                    ? word.toUpperCase(Locale.ROOT)
                                    : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return spelled.toString();
    }
}
