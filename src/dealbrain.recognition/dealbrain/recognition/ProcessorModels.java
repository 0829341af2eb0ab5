package dealbrain.recognition;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The models of processors, from {@code processors.txt}, by what is written of them in offers. */
final class ProcessorModels {
    private static final Set<String> MODES = Set.of("pro", "ai"); // before it is used by the next

    static final ProcessorModels ALL = read();

    /**
     * A model.
     *
     * @param name         such as {@code Core i5-8500T}
     * @param brands       the words of which one is before the model, such as {@code i5} or {@code xeon}
     * @param tier         the number after the brand, such as the 5 of {@code Ryzen 5}; "" for none
     * @param modes        the other words of the name: {@code pro}, {@code ai}
     * @param unmistakable whether the model needs no brand before it
     */
    record Model(String name, Set<String> brands, String tier, Set<String> modes, boolean unmistakable) {
        /** Returns what offers say of a processor without its model, such as {@code i5} or {@code ryzen 5}. */
        boolean isOf(String brand, String otherTier) {
            return brands.contains(brand) && (tier.isEmpty() || otherTier.isEmpty() || tier.equals(otherTier));
        }

        boolean isPro() {
            return modes.contains("pro");
        }
    }

    private final Map<String, List<Model>> byKey;
    private final Set<String> brands;

    private ProcessorModels(Map<String, List<Model>> byKey) {
        this.byKey = byKey;
        this.brands = new HashSet<>();
        byKey.values().forEach(models -> models.forEach(model -> brands.addAll(model.brands())));
        brands.removeAll(Set.of("processor", "intel", "amd"));
    }

    /** Returns the models with a key: the letters and digits of the model in lower case, such as {@code 1225v3}. */
    List<Model> find(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    boolean isModelOf(String key, String brand) {
        return find(key).stream().anyMatch(model -> model.brands().contains(brand));
    }

    boolean isBrand(String word) {
        return brands.contains(word);
    }

    private static ProcessorModels read() {
        Map<String, List<Model>> byKey = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(ProcessorModels.class.getResourceAsStream("processors.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> addLine(byKey, line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProcessorModels(Map.copyOf(byKey));
    }

    private static void addLine(Map<String, List<Model>> byKey, String line) {
        String[] columns = line.split(";", -1);
        boolean unmistakable = columns[0].startsWith("*");
        String start = unmistakable ? columns[0].substring(1) : columns[0];
        String end = columns.length > 3 ? columns[3].stripTrailing() : "";
        List<String> words = Arrays.asList(columns[1].strip().split(" ", -1));
        Set<String> brands = Set.of(words.getFirst().split("\\|", -1));
        List<String> others = words.subList(1, words.size());
        String tier =
                others.stream().filter(word -> word.length() == 1).findFirst().orElse("");
        Set<String> modes = new HashSet<>(others);
        modes.retainAll(MODES);
        for (String models : columns[2].strip().split(" ", -1)) {
            for (String model : expand(models)) {
                String key = (model + end).replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
                byKey.computeIfAbsent(key, _ -> new ArrayList<>())
                        .add(new Model(start + model + end, brands, tier, Set.copyOf(modes), unmistakable));
            }
        }
    }

    /** Returns 8500 and 8500T for {@code 8500:,T}. */
    private static List<String> expand(String models) {
        int colon = models.indexOf(':');
        return colon < 0
                ? List.of(models)
                : Arrays.stream(models.substring(colon + 1).split(",", -1))
                        .map(suffix -> models.substring(0, colon) + suffix)
                        .toList();
    }
}
