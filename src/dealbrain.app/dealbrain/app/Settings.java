package dealbrain.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads environment variables and collects what is wrong with them. A variable that is set to nothing is not set. */
final class Settings {
    private final Map<String, String> variables;
    private final List<String> errors = new ArrayList<>();

    Settings(Map<String, String> variables) {
        this.variables = variables;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    int number(String name, int otherwise, int min, int max) {
        return text(name)
                .flatMap(text -> parse(
                        name, text, Integer::parseInt, "must be between " + min + " and " + max + ", was " + text))
                .filter(number -> (number >= min && number <= max)
                        || error(name, "must be between " + min + " and " + max + ", was " + number))
                .orElse(otherwise);
    }

    <E extends Enum<E>> E choice(String name, E otherwise, Class<E> type) {
        String all = Arrays.stream(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return text(name)
                .flatMap(text -> parse(
                        name,
                        text.toUpperCase(Locale.ROOT),
                        upper -> Enum.valueOf(type, upper),
                        "must be one of " + all + ", was " + text))
                .orElse(otherwise);
    }

    /** Reads a text whose rule the reader says; its value may be a secret and is not shown. */
    <T> Optional<T> parse(String name, String text, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException e) {
            error(name, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private <T> Optional<T> parse(String name, String text, Function<String, T> reader, String rule) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException _) {
            error(name, rule);
            return Optional.empty();
        }
    }

    void require(boolean holds, String name, String rule) {
        if (!holds) {
            error(name, rule);
        }
    }

    private boolean error(String name, String rule) {
        errors.add(name + " " + rule);
        return false;
    }

    void throwIfInvalid() {
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
    }
}
