package dealbrain.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A group of instances of each program, all of the same size and settings. */
final class InstanceGroups implements AutoCloseable {
    private final List<InstanceGroup> groups = new ArrayList<>();

    private InstanceGroups() {}

    /** Starts the groups and warms them up. */
    static InstanceGroups start(
            TestBed testBed, List<Program> programs, String name, int size, Map<String, String> settings)
            throws Exception {
        InstanceGroups all = new InstanceGroups();
        for (Program program : programs) {
            InstanceGroup group = InstanceGroup.start(testBed, program, name, size, settings);
            all.groups.add(group);
            group.writers(GroupWriteBenchmark.WRITERS).run(GroupWriteBenchmark.WARM_UP);
        }
        return all;
    }

    /** Returns a workload of each group, in the order of the programs. */
    List<Workload> map(Function<InstanceGroup, Workload> workload) {
        return groups.stream().map(workload).toList();
    }

    @Override
    public void close() {
        groups.forEach(InstanceGroup::close);
    }
}
