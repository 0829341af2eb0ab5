package dealbrain.catalog;

import dealbrain.json.Json;
import java.util.ConcurrentModificationException;
import java.util.List;
import org.jdbi.v3.sqlobject.SqlObject;

/** The statements that bring parts in by many. */
public interface PartImportDao extends SqlObject {
    /**
     * The ids of parts in their order, found by their natural keys or made. Two statements.
     *
     * @throws ConcurrentModificationException when one was deleted between the two
     */
    default List<Long> findOrCreate(PartKind kind, List<PartInput> parts) {
        String inputs = Json.text(parts);
        getHandle().createUpdate(kind.create()).bind("inputs", inputs).execute();
        List<Long> ids = getHandle()
                .createQuery(kind.find())
                .bind("inputs", inputs)
                .mapTo(Long.class)
                .list();
        if (ids.size() != parts.size()) {
            throw new ConcurrentModificationException("a part was deleted while it was being imported");
        }
        return ids;
    }
}
