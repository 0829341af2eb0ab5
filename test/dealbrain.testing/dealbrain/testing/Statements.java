package dealbrain.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test whose work executes at most {@link #max} statements, as many for 100 rows as for one, and none of them twice.
 * It runs with 1, 10 and 100 rows with equal values, and with 10 and 100 rows with different ones: code that loads each
 * value once repeats no statement while all rows have the same one. The test creates what {@link Rows} says, and then
 * passes its work to {@link Rows#count}:
 *
 * <pre>{@code
 * @Statements(max = 1)
 * void isLoadedByOneStatement(Rows rows) {
 *     long id = fixtures.collectionOf(ada, rows).id();
 *
 *     assertEquals(rows.number(), rows.count(() -> collections.get(id)).items().size());
 * }
 * }</pre>
 *
 * <p>{@link StatementCounter} must be installed in the Jdbi.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(StatementsExtension.class)
public @interface Statements {
    int max();
}
