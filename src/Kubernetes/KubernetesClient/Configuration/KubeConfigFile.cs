using k8s.Exceptions;
using k8s.KubeConfigModels;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace k8s;

/// <summary>Reads kubeconfig files. Several are merged as kubectl does it: the first that sets a name wins.</summary>
internal static class KubeConfigFile
{
    public static K8SConfiguration Load(IReadOnlyList<string> paths, bool relative = true)
    {
        var present = paths.Where(File.Exists).ToList();
        if (present.Count == 0)
            throw new KubeConfigException($"No kubeconfig at {string.Join(", ", paths)}.");
        var files = present.Select(p => Read(p, relative)).ToList();
        return new()
        {
            CurrentContext = files.Select(f => f.CurrentContext).FirstOrDefault(c => !string.IsNullOrEmpty(c)),
            Contexts = [.. files.SelectMany(f => f.Contexts ?? [])],
            Clusters = [.. files.SelectMany(f => f.Clusters ?? [])],
            Users = [.. files.SelectMany(f => f.Users ?? [])],
        };
    }

    private static K8SConfiguration Read(string path, bool relative)
    {
        try
        {
            using var reader = File.OpenText(path);
            var file = new DeserializerBuilder().IgnoreUnmatchedProperties().IncludeNonPublicProperties().Build().Deserialize<K8SConfiguration>(reader)
                ?? throw new KubeConfigException($"The kubeconfig {path} is empty.");
            if (relative)
                Resolve(file, Path.GetDirectoryName(Path.GetFullPath(path))!);
            return file;
        }
        catch (YamlException e)
        {
            throw new KubeConfigException($"The kubeconfig {path} is no kubeconfig: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The kubeconfig {path} cannot be read: {e.Message}", e);
        }
    }

    private static void Resolve(K8SConfiguration file, string folder)
    {
        foreach (var cluster in file.Clusters ?? [])
        {
            if (cluster?.ClusterEndpoint is { } endpoint)
                endpoint.CertificateAuthority = In(folder, endpoint.CertificateAuthority);
        }
        foreach (var user in file.Users ?? [])
        {
            if (user?.UserCredentials is not { } credentials)
                continue;
            credentials.ClientCertificate = In(folder, credentials.ClientCertificate);
            credentials.ClientKey = In(folder, credentials.ClientKey);
            credentials.TokenFile = In(folder, credentials.TokenFile);
        }
    }

    private static string? In(string folder, string? path) => string.IsNullOrEmpty(path) ? path : Path.Combine(folder, path);
}
