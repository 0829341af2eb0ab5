package dealbrain.profiling;

import dealbrain.database.RepeatedByDesign;
import org.jdbi.v3.core.extension.ExtensionMethod;
import org.jspecify.annotations.Nullable;

/**
 * The method that runs a statement.
 *
 * @param name      as in {@code CollectionDao.find}
 * @param exemption null for a method that must not be repeated
 */
record DaoMethod(String name, @Nullable RepeatedByDesign exemption) {
    /**
     * Returns the DAO method that is being called, or, without a DAO, the method that uses Jdbi directly. Uses
     * reflection or walks the stack: {@link StatementRegistry} calls it once for each statement.
     */
    static @Nullable DaoMethod current(@Nullable ExtensionMethod called) {
        if (called == null) {
            return CallSite.method().map(name -> new DaoMethod(name, null)).orElse(null);
        }
        return new DaoMethod(
                called.getType().getSimpleName() + "." + called.getMethod().getName(),
                called.getMethod().getAnnotation(RepeatedByDesign.class));
    }

    /** Returns whether the work may run this method again and again without being reported. */
    boolean mayRepeatIn(StatementScope scope) {
        return exemption != null
                && (exemption.during().isEmpty() || exemption.during().equals(scope.name()));
    }
}
