package dealbrain.database;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a DAO method that one request or job may call many times on purpose, such as batch by batch. The profiler
 * reports other repeated methods as N+1 queries. The annotation is part of this module because all modules with DAOs
 * require it, and need not require {@code dealbrain.profiling} for it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RepeatedByDesign {
    /** The reason. */
    String value();

    /**
     * The only work in which the method may be repeated: a route, as in {@code GET /api/v1/collections/{id}}, or the
     * name of a job. Empty: any work.
     */
    String during() default "";
}
