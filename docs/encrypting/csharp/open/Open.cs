// Opens a box in base64 on standard input with the base64 key in SECRET_KEY and prints the value. For tests.
using System;
using System.Security.Cryptography;
using Sodium;

internal static class Program
{
    private static byte[] Open(string key, string box)
    {
        byte[] secretKey = Convert.FromBase64String(key);
        return SealedPublicKeyBox.Open(Convert.FromBase64String(box), secretKey, ScalarMult.Base(secretKey));
    }

    private static int Main()
    {
        try
        {
            string key = Environment.GetEnvironmentVariable("SECRET_KEY") ?? "";
            byte[] value = Open(key, Console.In.ReadToEnd().Trim());
            Console.OpenStandardOutput().Write(value, 0, value.Length);
            return 0;
        }
        catch (Exception error) when (
            error is ArgumentException || error is FormatException || error is CryptographicException)
        {
            Console.Error.WriteLine($"not opened: {error.Message}");
            return 1;
        }
    }
}
