package dealbrain.catalog;

import dealbrain.database.RecordColumns;
import dealbrain.json.Json;
import java.util.List;

/**
 * A kind of part: its table, its columns and its statements. The columns are the components of its records, so that a
 * column is named once. A text search uses the first column of the input.
 *
 * @param <P> the stored part
 * @param <I> its input
 */
public final class PartKind<P extends Part, I extends Record & PartInput> {
    public static final PartKind<Cpu, CpuInput> CPU = new PartKind<>("cpu", "CPU", "cpus", Cpu.class, CpuInput.class);
    public static final PartKind<Gpu, GpuInput> GPU = new PartKind<>("gpu", "GPU", "gpus", Gpu.class, GpuInput.class);
    public static final PartKind<RamSpec, RamSpecInput> RAM_SPEC =
            new PartKind<>("ram_spec", "RAM spec", "ram-specs", RamSpec.class, RamSpecInput.class);
    public static final PartKind<StorageProfile, StorageProfileInput> STORAGE_PROFILE = new PartKind<>(
            "storage_profile", "storage profile", "storage-profiles", StorageProfile.class, StorageProfileInput.class);
    public static final PartKind<PortsProfile, PortsProfileInput> PORTS_PROFILE = new PartKind<>(
            "ports_profile", "ports profile", "ports-profiles", PortsProfile.class, PortsProfileInput.class);
    public static final PartKind<ScoringProfile, ScoringProfileInput> SCORING_PROFILE = new PartKind<>(
            "scoring_profile", "scoring profile", "scoring-profiles", ScoringProfile.class, ScoringProfileInput.class);
    public static final PartKind<Ruleset, RulesetInput> RULESET =
            new PartKind<>("ruleset", "ruleset", "rulesets", Ruleset.class, RulesetInput.class);

    private static final List<PartKind<?, ?>> ALL =
            List.of(CPU, GPU, RAM_SPEC, STORAGE_PROFILE, PORTS_PROFILE, SCORING_PROFILE, RULESET);

    private final String table;
    private final String name;
    private final String path;
    private final Class<P> type;
    private final Class<I> input;
    private final RecordColumns<P> columns;
    private final PartStatements statements;

    private PartKind(String table, String name, String path, Class<P> type, Class<I> input) {
        this.table = table;
        this.name = name;
        this.path = path;
        this.type = type;
        this.input = input;
        this.columns = JsonColumns.of(type);
        this.statements = new PartStatements(
                table, columns.select(table), JsonColumns.of(input).names());
    }

    /** Returns all kinds, in the order of the API's documentation. */
    static List<PartKind<?, ?>> all() {
        return ALL;
    }

    /** Returns the kind of a stored part. */
    @SuppressWarnings("unchecked") // there is one kind for each type
    public static <P extends Part> PartKind<P, ?> of(Class<P> type) {
        return (PartKind<P, ?>) ALL.stream()
                .filter(kind -> kind.type == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " is not a kind of part"));
    }

    /** Returns the name of the table, with which the tags of the change log start. */
    public String table() {
        return table;
    }

    /** Returns the columns that a stored part is read from; the first one is the id. */
    public RecordColumns<P> columns() {
        return columns;
    }

    /** Returns the name for messages. */
    public String name() {
        return name;
    }

    /** Returns the last part of the path of its endpoints. */
    String path() {
        return path;
    }

    Class<P> type() {
        return type;
    }

    public Class<I> input() {
        return input;
    }

    /** Returns the text of an input that searches look at, empty if there is none. */
    String searchedText(PartInput part) {
        String text =
                Json.tree(part).path(JsonColumns.of(input).names().getFirst()).textValue();
        return text == null ? "" : text;
    }

    PartStatements statements() {
        return statements;
    }
}
