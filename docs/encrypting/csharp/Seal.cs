// Seals standard input to a base64 public key and prints the box in base64: dotnet run -- KEY < value
using System;
using System.IO;
using System.Security.Cryptography;
using Sodium;

internal static class Program
{
    private static string Seal(string key, byte[] value)
    {
        byte[] publicKey = Convert.FromBase64String(key);
        if (publicKey.Length != 32)
        {
            throw new FormatException($"the key has {publicKey.Length} bytes instead of 32");
        }
        return Convert.ToBase64String(SealedPublicKeyBox.Create(value, publicKey));
    }

    private static int Main(string[] arguments)
    {
        string key = arguments.Length == 1 ? arguments[0] : "";
        using (var value = new MemoryStream())
        {
            Console.OpenStandardInput().CopyTo(value);
            try
            {
                Console.WriteLine(Seal(key, value.ToArray()));
                return 0;
            }
            catch (Exception error) when (error is FormatException || error is CryptographicException)
            {
                Console.Error.WriteLine($"not sealed: {error.Message}");
                return 1;
            }
        }
    }
}
