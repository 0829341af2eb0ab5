package dealbrain.recognition;

import dealbrain.recognition.CapacityUse.Use;
import dealbrain.recognition.Fact.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Recognises up to two drives, or that there is none. The first is the one that boots: an SSD before a hard disk,
 * otherwise in the order of the text.
 */
final class DriveRecogniser implements Recogniser {
    @Override
    public void recognise(Offer offer, Findings findings) {
        for (Fact fact : offer.of(Kind.DRIVE, Kind.TITLE, Kind.DESCRIPTION)) {
            Tokens tokens = Tokens.of(fact.text());
            List<CapacityUse> drives = drives(tokens, fact.kind());
            if (!drives.isEmpty()) {
                set("primary", drives.getFirst(), fact.source(), findings);
                if (drives.size() > 1) {
                    set("secondary", drives.get(1), fact.source(), findings);
                }
                return;
            }
            if (fact.kind() == Kind.TITLE && Absences.of(tokens).contains(Absences.Part.DRIVE)) {
                findings.number(
                        "primary_storage_gb", 0, fact.source(), fact.source().confidence());
                return;
            }
        }
    }

    private static List<CapacityUse> drives(Tokens tokens, Kind kind) {
        List<CapacityUse> drives = new ArrayList<>();
        for (CapacityUse each : CapacityUse.of(tokens)) {
            boolean isUnlabelled = kind == Kind.DRIVE && each.use() != Use.GRAPHICS;
            if (each.use().isDrive() || isUnlabelled) {
                Capacity one = each.capacity();
                Capacity single = new Capacity(one.gb(), 1, one.start(), one.end());
                for (int i = 0; i < one.count(); i++) {
                    drives.add(new CapacityUse(single, each.use().isDrive() ? each.use() : Use.DRIVE));
                }
            }
        }
        drives.sort(Comparator.comparing(each -> each.use() == Use.HDD));
        return drives;
    }

    private static void set(String which, CapacityUse drive, OfferSource source, Findings findings) {
        findings.number(which + "_storage_gb", drive.capacity().gb(), source, source.confidence());
        String kind = switch (drive.use()) {
            case NVME -> " NVMe";
            case SSD -> " SSD";
            case HDD -> " HDD";
            case EMMC -> " eMMC";
            default -> "";
        };
        if (!kind.isEmpty()) {
            findings.recognise(
                    which + "_storage_profile", drive.capacity().gb() + " GB" + kind, source, source.confidence());
        }
    }
}
