// The three functions of Sodium.Core that Seal.cs and Open.cs call, for Mono, where Sodium.Core does not run:
// the same calls into libsodium, by P/Invoke. It is compiled together with the one or the other.
using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sodium
{
    internal static class SealedPublicKeyBox
    {
        private const int Overhead = 48; // crypto_box_SEALBYTES

        internal static byte[] Create(byte[] message, byte[] publicKey)
        {
            Native.CheckKey(publicKey);
            var box = new byte[message.Length + Overhead];
            if (Native.crypto_box_seal(box, message, (ulong)message.Length, publicKey) != 0)
            {
                throw new CryptographicException("libsodium made no box");
            }
            return box;
        }

        internal static byte[] Open(byte[] box, byte[] secretKey, byte[] publicKey)
        {
            Native.CheckKey(secretKey);
            Native.CheckKey(publicKey);
            var message = new byte[Math.Max(box.Length - Overhead, 0)];
            if (Native.crypto_box_seal_open(message, box, (ulong)box.Length, publicKey, secretKey) != 0)
            {
                throw new CryptographicException("the box does not open");
            }
            return message;
        }
    }

    internal static class ScalarMult
    {
        internal static byte[] Base(byte[] secretKey)
        {
            Native.CheckKey(secretKey);
            var publicKey = new byte[32];
            Native.crypto_scalarmult_base(publicKey, secretKey);
            return publicKey;
        }
    }

    internal static class Native
    {
        private const string Library = "libsodium.so.23";

        static Native()
        {
            if (sodium_init() < 0)
            {
                throw new CryptographicException("libsodium does not start");
            }
        }

        internal static void CheckKey(byte[] key)
        {
            if (key.Length != 32)
            {
                throw new ArgumentOutOfRangeException("key", "a key has 32 bytes");
            }
        }

        [DllImport(Library)]
        private static extern int sodium_init();

        [DllImport(Library)]
        internal static extern int crypto_box_seal(byte[] box, byte[] message, ulong length, byte[] publicKey);

        [DllImport(Library)]
        internal static extern int crypto_box_seal_open(
            byte[] message, byte[] box, ulong length, byte[] publicKey, byte[] secretKey);

        [DllImport(Library)]
        internal static extern int crypto_scalarmult_base(byte[] publicKey, byte[] secretKey);
    }
}
