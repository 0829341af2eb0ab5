package dealbrain.catalog;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A drive in words, such as "512 GB NVMe", "1TB SATA SSD" or "500 GB HDD 2.5 in". */
final class StorageText {
    private static final int MAX_GB = 1_000_000;
    /** As the makers of drives count. */
    private static final int GB_PER_TB = 1000;

    private static final Pattern CAPACITY = Pattern.compile("\\b(\\d{1,5}(?:[.,]\\d{1,2})?) ?(gi?b?|ti?b?)\\b");
    private static final Pattern M2 = Pattern.compile("\\bm[ .]?2\\b(?: ?(22\\d\\d|22110))?");
    private static final Pattern INCHES =
            Pattern.compile("\\b([23])[.,]5(?! ?[gt]i?b?\\b)(?: ?(?:\"|inch|in|zoll)(?!\\p{L}))?");
    private static final Pattern MSATA = Pattern.compile("\\bmsata\\b");

    private static final Pattern NVME = Pattern.compile("\\b(?:nvme|pcie?)\\b");
    private static final Pattern SSD = Pattern.compile("\\b(?:ssd|solid state)\\b");
    private static final Pattern SATA = Pattern.compile("\\bm?sata\\b");
    private static final Pattern HDD =
            Pattern.compile("\\b(?:hdd|hard ?(?:disk|drive)|(?<!ssd )festplatte|\\d{4,5} ?rpm)\\b");
    private static final Pattern HYBRID = Pattern.compile("\\b(?:sshd|hybrid)\\b");
    private static final Pattern EMMC = Pattern.compile("\\bemmc\\b");
    private static final Pattern UFS = Pattern.compile("\\bufs\\b");
    private static final Pattern NOISE =
            Pattern.compile("\\b(?:m?sata(?: ?(?:iii|ii|3))?(?: ?6 ?gb ?s)?|nvme|pcie?|gen ?\\d"
                    + "|\\d\\.0|x\\d|ssd|solid state|hdd|sshd|hybrid|hard ?(?:disk|drive)|disk|drive|festplatte|emmc|ufs"
                    + "|\\d{4,5} ?rpm|internal|intern|storage)\\b");

    private StorageText() {}

    /** Returns what a text says; empty if it does not say capacity and medium, or says anything else. */
    static Optional<StorageProfileInput> parse(String text) {
        Phrase phrase = new Phrase(text);
        StorageMedium medium = medium(phrase);
        String formFactor = formFactor(phrase);
        Integer capacity = phrase.take(CAPACITY).map(StorageText::gigabytes).orElse(null);
        boolean isPossible = capacity != null && capacity > 0 && capacity <= MAX_GB;
        return medium != null && isPossible && phrase.isNothingBut(NOISE)
                ? Optional.of(new StorageProfileInput(null, medium, null, formFactor, capacity, null))
                : Optional.empty();
    }

    /** Returns null if the text names no medium, or several. An SSD may be one for NVMe or for SATA. */
    private static @Nullable StorageMedium medium(Phrase phrase) {
        boolean isSata = phrase.has(SSD) && (phrase.has(SATA) || phrase.has(INCHES));
        StorageMedium found = null;
        int count = 0;
        for (StorageMedium each : StorageMedium.values()) {
            boolean isNamed = switch (each) {
                case NVME -> phrase.has(NVME);
                case SATA_SSD -> isSata;
                case HDD -> phrase.has(HDD);
                case HYBRID -> phrase.has(HYBRID);
                case EMMC -> phrase.has(EMMC);
                case UFS -> phrase.has(UFS);
                case UNKNOWN -> false;
            };
            found = isNamed ? each : found;
            count += isNamed ? 1 : 0;
        }
        return count == 1 ? found : null;
    }

    private static @Nullable String formFactor(Phrase phrase) {
        return phrase.take(M2)
                .map(found -> found.group(1) == null ? "M.2" : "M.2 " + found.group(1))
                .or(() -> phrase.take(INCHES).map(found -> found.group(1) + ".5 in"))
                .or(() -> phrase.take(MSATA).map(_ -> "mSATA"))
                .orElse(null);
    }

    private static int gigabytes(MatchResult capacity) {
        BigDecimal number = new BigDecimal(capacity.group(1).replace(',', '.'));
        int unit = capacity.group(2).startsWith("t") ? GB_PER_TB : 1;
        return number.multiply(BigDecimal.valueOf(unit)).intValue();
    }

    /** Returns the words for a drive, which {@link #parse} reads. */
    static String label(StorageProfileInput storage, int capacityGb) {
        String capacity = capacityGb % GB_PER_TB == 0 ? capacityGb / GB_PER_TB + " TB" : capacityGb + " GB";
        String medium = switch (storage.medium()) {
            case NVME -> "NVMe";
            case SATA_SSD -> "SATA SSD";
            case HDD -> "HDD";
            case HYBRID -> "SSHD";
            case EMMC -> "eMMC";
            case UFS -> "UFS";
            case UNKNOWN -> "drive";
        };
        return capacity + " " + medium + (storage.formFactor() == null ? "" : " " + storage.formFactor());
    }
}
