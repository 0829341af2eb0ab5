package dealbrain.profiling;

import static com.sun.management.GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.ToLongFunction;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Metrics of the virtual machine, named by OpenTelemetry's stable semantic conventions for the JVM. */
final class JvmMetrics {
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("jvm.memory.type");
    private static final AttributeKey<String> POOL = AttributeKey.stringKey("jvm.memory.pool.name");
    private static final AttributeKey<String> COLLECTOR = AttributeKey.stringKey("jvm.gc.name");

    private JvmMetrics() {}

    static void register(Meter meter) {
        memory(meter, "jvm.memory.used", "Measure of memory used.", MemoryUsage::getUsed);
        memory(meter, "jvm.memory.committed", "Measure of memory committed.", MemoryUsage::getCommitted);
        memory(meter, "jvm.memory.limit", "Measure of max obtainable memory.", MemoryUsage::getMax);
        meter.upDownCounterBuilder("jvm.thread.count")
                .setUnit("{thread}")
                .setDescription("Number of executing platform threads.")
                .buildWithCallback(
                        it -> it.record(ManagementFactory.getThreadMXBean().getThreadCount()));
        meter.upDownCounterBuilder("jvm.class.count")
                .setUnit("{class}")
                .setDescription("Number of classes currently loaded.")
                .buildWithCallback(it ->
                        it.record(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            meter.counterBuilder("jvm.cpu.time")
                    .ofDoubles()
                    .setUnit("s")
                    .setDescription("CPU time used by the process as reported by the JVM.")
                    .buildWithCallback(it -> it.record(system.getProcessCpuTime() / 1e9));
        }
        meter.upDownCounterBuilder("jvm.cpu.count")
                .setUnit("{cpu}")
                .setDescription("Number of processors available to the Java virtual machine.")
                .buildWithCallback(it -> it.record(Runtime.getRuntime().availableProcessors()));
        garbageCollections(meter.histogramBuilder("jvm.gc.duration")
                .setUnit("s")
                .setDescription("Duration of JVM garbage collection actions.")
                .setExplicitBucketBoundariesAdvice(List.of(0.01, 0.1, 1.0, 10.0))
                .build());
    }

    private static void memory(Meter meter, String name, String description, ToLongFunction<MemoryUsage> value) {
        meter.upDownCounterBuilder(name)
                .setUnit("By")
                .setDescription(description)
                .buildWithCallback(it -> memory(it, value));
    }

    private static void memory(ObservableLongMeasurement measurement, ToLongFunction<MemoryUsage> value) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            if (usage != null && value.applyAsLong(usage) >= 0) { // -1 for a pool without a limit
                measurement.record(
                        value.applyAsLong(usage),
                        Attributes.of(
                                TYPE, pool.getType() == MemoryType.HEAP ? "heap" : "non_heap", POOL, pool.getName()));
            }
        }
    }

    private static void garbageCollections(DoubleHistogram duration) {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((notification, _) -> record(notification, duration), null, null);
            }
        }
    }

    private static void record(Notification notification, DoubleHistogram duration) {
        if (notification.getType().equals(GARBAGE_COLLECTION_NOTIFICATION)
                && notification.getUserData() instanceof CompositeData data) {
            GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
            duration.record(info.getGcInfo().getDuration() / 1e3, Attributes.of(COLLECTOR, info.getGcName()));
        }
    }
}
