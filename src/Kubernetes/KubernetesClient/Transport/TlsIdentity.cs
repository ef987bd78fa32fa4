using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Authentication;
using k8s.Exceptions;

namespace k8s;

/// <summary>
/// Who we are and whom we trust on a new connection, as PEM text. Two readings are equal while nothing was rotated. Keys stay in memory.
/// </summary>
/// <param name="Certificate">The client's certificate; null: none.</param>
/// <param name="Key">Its key.</param>
/// <param name="Authorities">Of the file with the authorities; null: those that the configuration holds.</param>
internal sealed record TlsIdentity(string? Certificate, string? Key, string? Authorities)
{
    /// <summary>Reads data, files and the last answer of a credential program as they are now.</summary>
    /// <exception cref="KubeConfigException">A file is missing, or data are no base64.</exception>
    public static TlsIdentity Read(KubernetesClientConfiguration config)
    {
        var program = (config.TokenProvider as ExecTokenProvider)?.Last;
        return new(
            program?.ClientCertificateData ?? Pem("client-certificate", config.ClientCertificateData, config.ClientCertificateFilePath),
            program?.ClientKeyData ?? Pem("client-key", config.ClientCertificateKeyData, config.ClientKeyFilePath),
            config.AuthorityFile is { } file ? KubeConfigValue.Read("certificate-authority", () => File.ReadAllText(file)) : null);
    }

    /// <exception cref="KubeConfigException">Certificate and key cannot be read, or do not belong together.</exception>
    public X509Certificate2? ClientCertificate()
    {
        if (Certificate is null || Key is null)
            return null;
        try
        {
            return X509Certificate2.CreateFromPem(Certificate, Key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new KubeConfigException("The client certificate or its key cannot be read.", e);
        }
    }

    /// <summary>Null: the authorities of the machine.</summary>
    /// <exception cref="KubeConfigException">The file holds no certificates.</exception>
    public X509Certificate2Collection? Trusted(KubernetesClientConfiguration config)
    {
        if (Authorities is null)
            return config.SslCaCerts;
        var read = new X509Certificate2Collection();
        try
        {
            read.ImportFromPem(Authorities);
        }
        catch (CryptographicException e)
        {
            throw new KubeConfigException($"The authorities in {config.AuthorityFile} cannot be read.", e);
        }
        // A file that is being replaced may be empty for a moment. To trust nobody is not what was meant.
        return read.Count > 0 ? read : throw new KubeConfigException($"{config.AuthorityFile} holds no certificate.");
    }

    private static string? Pem(string name, string? base64, string? path) =>
        !string.IsNullOrEmpty(base64) ? KubeConfigValue.Read($"{name}-data", () => Encoding.UTF8.GetString(Convert.FromBase64String(base64)))
        : !string.IsNullOrEmpty(path) ? KubeConfigValue.Read(name, () => File.ReadAllText(path))
        : null;
}
