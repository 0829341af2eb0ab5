package dealbrain.catalog;

/** What a drive stores on. */
public enum StorageMedium {
    NVME,
    SATA_SSD,
    HDD,
    HYBRID,
    EMMC,
    UFS,
    UNKNOWN
}
