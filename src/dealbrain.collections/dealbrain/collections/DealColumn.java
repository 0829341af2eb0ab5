package dealbrain.collections;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import dealbrain.catalog.Cpu;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.StorageProfile;
import dealbrain.listings.DealText;
import dealbrain.listings.Listing;
import dealbrain.listings.VerdictText;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table of deals, in their order: the text of a listing, and how it is sorted. Deals without a value
 * are sorted last in both directions.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions and comparators have no state
public enum DealColumn {
    TITLE("Deal", Listing::title),
    PRICE("Price", Direction.UP, DealText::price, Listing::priceUsd),
    ADJUSTED_PRICE("Machine alone", Direction.UP, VerdictText::adjustedPrice, Listing::adjustedPriceUsd),
    SCORE("Score", Direction.DOWN, VerdictText::score, Listing::scoreComposite),
    PER_CPU_MARK("Per CPU mark", Direction.UP, DealText::perMark, Listing::dollarPerCpuMarkMulti),
    PROCESSOR("Processor", listing -> DealText.cpu(listing.cpu())),
    CPU_MARK("CPU mark", Direction.DOWN, listing -> DealText.number(mark(listing)), DealColumn::mark),
    MEMORY("Memory", Direction.TEXT_DOWN, DealText::ram, DealColumn::ramGb),
    STORAGE("Storage", Direction.TEXT_DOWN, DealColumn::storage, DealColumn::storageGb),
    GRAPHICS("Graphics", DealText::gpu),
    CONDITION("Condition", DealText::condition),
    FORM_FACTOR("Case", listing -> DealText.orEmpty(listing.formFactor())),
    PORTS("Ports", listing -> DealText.ports(listing.portsProfile())),
    SELLER("Seller", listing -> DealText.orEmpty(listing.seller())),
    PRICE_DATE("Price of", Direction.TEXT_DOWN, listing -> DealText.date(listing.priceDate()), Listing::priceDate);

    /** Whether the column has numbers, and which direction comes first. */
    private enum Direction {
        UP,
        DOWN,
        TEXT_DOWN
    }

    private final String label;
    private final boolean isNumber;
    private final boolean descendsFirst;
    private final Function<Listing, String> text;
    private final Comparator<Listing> order;
    private final Comparator<Listing> reverse;

    DealColumn(String label, Function<Listing, String> text) {
        this.label = label;
        this.isNumber = false;
        this.descendsFirst = false;
        this.text = text;
        Function<Listing, @Nullable String> key = listing -> foldedOrNull(text.apply(listing));
        this.order = Comparator.comparing(key, nullsLast(naturalOrder()));
        this.reverse = Comparator.comparing(key, nullsLast(reverseOrder()));
    }

    <T extends Comparable<? super T>> DealColumn(
            String label, Direction direction, Function<Listing, String> text, Function<Listing, @Nullable T> key) {
        this.label = label;
        this.isNumber = direction != Direction.TEXT_DOWN;
        this.descendsFirst = direction != Direction.UP;
        this.text = text;
        Comparator<Listing> up = Comparator.comparing(key, nullsLast(naturalOrder()));
        Comparator<Listing> down = Comparator.comparing(key, nullsLast(reverseOrder()));
        this.order = descendsFirst ? down : up;
        this.reverse = descendsFirst ? up : down;
    }

    private static @Nullable String foldedOrNull(String text) {
        return text.isEmpty() ? null : text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable Integer mark(Listing listing) {
        Cpu cpu = listing.cpu();
        return cpu == null ? null : cpu.cpuMarkMulti();
    }

    /** Returns the memory in GB; null if it is unknown. */
    public static @Nullable Integer ramGb(Listing listing) {
        Integer stated = listing.ramGb();
        RamSpec spec = listing.ramSpec();
        return stated != null || spec == null ? stated : spec.totalCapacityGb();
    }

    private static String storage(Listing listing) {
        return DealText.storage(listing.primaryStorageGb(), listing.primaryStorageProfile());
    }

    /** Returns the first drive in GB; null if it is unknown. */
    public static @Nullable Integer storageGb(Listing listing) {
        Integer stated = listing.primaryStorageGb();
        StorageProfile profile = listing.primaryStorageProfile();
        return stated != null || profile == null ? stated : profile.capacityGb();
    }

    public String label() {
        return label;
    }

    /** Returns the value in links. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isNumber() {
        return isNumber;
    }

    /** Returns whether {@link #order} starts with the highest value if it is not reversed. */
    boolean descendsFirst() {
        return descendsFirst;
    }

    /** Returns the text of a listing; empty for an unknown value. */
    public String text(Listing listing) {
        return text.apply(listing);
    }

    /** Returns the order that starts with what buyers look for: low prices, high marks, and texts from A to Z. */
    Comparator<Listing> order(boolean isReverse) {
        return isReverse ? reverse : order;
    }
}
