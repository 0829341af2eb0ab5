package dealbrain.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads settings from environment variables and collects all mistakes. An empty variable counts as not set. */
final class Settings {
    /** The values of a setting that is on or off. */
    private enum Switch {
        ON,
        OFF
    }

    private final Map<String, String> variables;
    private final List<String> errors = new ArrayList<>();

    Settings(Map<String, String> variables) {
        this.variables = variables;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Returns the variables whose names start with {@code prefix} and that are not empty. */
    Map<String, String> withPrefix(String prefix) {
        return variables.keySet().stream()
                .filter(name -> name.startsWith(prefix) && text(name).isPresent())
                .collect(Collectors.toMap(name -> name, name -> text(name).orElseThrow()));
    }

    int number(String name, int fallback, int min, int max) {
        String rule = "must be between " + min + " and " + max + ", was ";
        return text(name)
                .flatMap(text -> parse(name, text, Integer::parseInt, rule + text))
                .filter(number -> require(number >= min && number <= max, name, rule + number))
                .orElse(fallback);
    }

    boolean isOn(String name, boolean fallback) {
        return choice(name, fallback ? Switch.ON : Switch.OFF, Switch.class) == Switch.ON;
    }

    /** Reads a constant by its name, ignoring case. */
    <E extends Enum<E>> E choice(String name, E fallback, Class<E> type) {
        String all = Arrays.stream(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return text(name)
                .flatMap(text -> parse(
                        name,
                        text.toUpperCase(Locale.ROOT),
                        upper -> Enum.valueOf(type, upper),
                        "must be one of " + all + ", was " + text))
                .orElse(fallback);
    }

    /**
     * Reads a value of any type; empty if it is not set or invalid.
     *
     * @param parser throws {@link IllegalArgumentException} with the rule that the text breaks; with the text only if
     *               it cannot be a secret
     */
    <T> Optional<T> value(String name, Function<String, T> parser) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (IllegalArgumentException e) {
                errors.add(name + " " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    private <T> Optional<T> parse(String name, String text, Function<String, T> parser, String rule) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException _) {
            errors.add(name + " " + rule);
            return Optional.empty();
        }
    }

    /** Reports a mistake unless the condition holds. Returns the condition. */
    boolean require(boolean condition, String name, String rule) {
        if (!condition) {
            errors.add(name + " " + rule);
        }
        return condition;
    }

    /**
     * Throws if a setting is invalid.
     *
     * @throws ConfigException with all mistakes
     */
    void throwIfInvalid() {
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
    }
}
