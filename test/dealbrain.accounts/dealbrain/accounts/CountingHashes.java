package dealbrain.accounts;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;

/** Counts password hashes: a security provider that comes before the one of the JDK and delegates to it. */
final class CountingHashes extends Provider {
    private static final long serialVersionUID = 1;
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private CountingHashes() {
        super("CountingHashes", "1", "counts password hashes");
        put("SecretKeyFactory." + ALGORITHM, Factory.class.getName());
        putService(new Service(this, "SecretKeyFactory", ALGORITHM, Factory.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
                return new Factory();
            }
        });
    }

    /** Returns the number of hashes that all threads compute during the work. */
    static int count(Runnable work) {
        CountingHashes provider = new CountingHashes();
        Security.insertProviderAt(provider, 1);
        try {
            int before = COUNT.get();
            work.run();
            return COUNT.get() - before;
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    static final class Factory extends SecretKeyFactorySpi {
        private final SecretKeyFactory real;

        Factory() {
            try {
                real = SecretKeyFactory.getInstance(ALGORITHM, "SunJCE");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            COUNT.incrementAndGet();
            return real.generateSecret(spec);
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> type) throws InvalidKeySpecException {
            return real.getKeySpec(key, type);
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
            return real.translateKey(key);
        }
    }
}
