using System.Security.Cryptography;
using k8s.Exceptions;

namespace k8s;

/// <summary>Reads what a value of a kubeconfig stands for. What goes wrong is said of the value by name: a person can mend that, and no stack trace.</summary>
internal static class KubeConfigValue
{
    /// <exception cref="KubeConfigException">A file is missing, or a text is not what it should be.</exception>
    public static T Read<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or CryptographicException)
        {
            throw new KubeConfigException($"The kubeconfig's {name} cannot be used: {e.Message}", e);
        }
    }
}
