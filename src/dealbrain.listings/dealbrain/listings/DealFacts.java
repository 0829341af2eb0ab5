package dealbrain.listings;

import dealbrain.catalog.Cpu;
import dealbrain.catalog.Gpu;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The facts of a listing as English text, for the table on its pages. */
public final class DealFacts {
    private DealFacts() {}

    /**
     * Returns the facts that have a value, each as a model for a template: {@code name}, {@code value}, and
     * {@code details}, which may be empty.
     */
    public static List<Map<String, String>> of(Listing listing) {
        return Stream.of(
                        fact("Processor", DealText.cpu(listing.cpu()), DealText.cpuDetails(listing.cpu())),
                        fact("CPU mark", cpuMark(listing.cpu()), singleThreadMark(listing.cpu())),
                        fact("Graphics", DealText.gpu(listing), gpuMark(listing.gpu())),
                        fact("Memory", DealText.ram(listing)),
                        fact("Storage", DealText.storage(listing.primaryStorageGb(), listing.primaryStorageProfile())),
                        fact(
                                "Second drive",
                                DealText.storage(listing.secondaryStorageGb(), listing.secondaryStorageProfile())),
                        fact("Ports", DealText.ports(listing.portsProfile())),
                        fact("Case", listing.formFactor()),
                        model(listing),
                        fact("Score", VerdictText.score(listing), VerdictText.scoreDetails(listing)),
                        fact("Machine alone", VerdictText.adjustedPrice(listing), VerdictText.valuedBy(listing)),
                        fact("Seller", listing.seller(), listing.marketplace()))
                .filter(fact -> !Objects.requireNonNull(fact.get("value")).isEmpty())
                .toList();
    }

    private static Map<String, String> fact(String name, @Nullable String value) {
        return fact(name, value, "");
    }

    private static Map<String, String> fact(String name, @Nullable String value, @Nullable String details) {
        return Map.of("name", name, "value", DealText.orEmpty(value), "details", DealText.orEmpty(details));
    }

    private static String cpuMark(@Nullable Cpu cpu) {
        return cpu == null ? "" : DealText.number(cpu.cpuMarkMulti());
    }

    private static String singleThreadMark(@Nullable Cpu cpu) {
        return cpu == null || cpu.cpuMarkSingle() == null
                ? ""
                : DealText.number(cpu.cpuMarkSingle()) + " single thread";
    }

    private static String gpuMark(@Nullable Gpu gpu) {
        return gpu == null || gpu.gpuMark() == null ? "" : DealText.number(gpu.gpuMark()) + " marks";
    }

    /** A model number without a name of the model stands in its place. */
    private static Map<String, String> model(Listing listing) {
        String model = DealText.model(listing);
        String number = DealText.modelNumber(listing);
        return model.isEmpty() ? fact("Model", number) : fact("Model", model, number);
    }
}
