using System.Runtime.Versioning;
using System.Text;
using k8s;
using k8s.Authentication;
using k8s.Exceptions;

namespace Bulkhead.Kubernetes.Tests.Client;

public sealed class KubeConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kubeconfig").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void BuildConfigFromConfigFile_TokenAndNamespace_AreTaken()
    {
        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(Write("""
            current-context: b
            contexts:
              - {name: a, context: {cluster: one, user: x}}
              - {name: b, context: {cluster: two, user: y, namespace: acme}}
            clusters:
              - {name: one, cluster: {server: "https://one"}}
              - {name: two, cluster: {server: "https://two:6443", insecure-skip-tls-verify: true, tls-server-name: api}}
            users:
              - {name: y, user: {token: secret}}
            preferences: {colors: true}
            """));

        (config.Host, config.Namespace, config.AccessToken, config.SkipTlsVerify, config.TlsServerName, config.CurrentContext)
            .ShouldBe(("https://two:6443", "acme", "secret", true, "api", "b"));
    }

    [Theory]
    [InlineData("current-context: a", "The kubeconfig has no context 'a'.")]
    [InlineData("{current-context: a, contexts: [{name: a, context: {cluster: c}}]}", "The kubeconfig has no cluster 'c' (context 'a').")]
    [InlineData("{current-context: a, contexts: [{name: a, context: {cluster: c}}], clusters: [{name: c, cluster: {}}]}", "Cluster 'c' has no server.")]
    public void BuildConfigFromConfigFile_Incomplete_SaysWhatIsMissing(string yaml, string message) =>
        Should.Throw<KubeConfigException>(() => KubernetesClientConfiguration.BuildConfigFromConfigFile(Write(yaml))).Message.ShouldBe(message);

    [Fact]
    public void BuildConfigFromConfigFile_NoFile_SaysWhere() =>
        Should.Throw<KubeConfigException>(() => KubernetesClientConfiguration.BuildConfigFromConfigFile("/no/such/file"))
            .Message.ShouldBe("No kubeconfig at /no/such/file.");

    [Fact]
    public async Task TokenFile_Renewed_IsReadAgain()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "token"), "first\n");
        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(Write("""
            {current-context: a, contexts: [{name: a, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: "https://c"}}],
            users: [{name: u, user: {tokenFile: token}}]}
            """));
        var time = new ManualTime();
        var provider = new TokenFileAuth(Path.Combine(_folder, "token"), time);

        (await config.TokenProvider.GetAuthenticationHeaderAsync(default))!.Parameter.ShouldBe("first", "paths are relative to the file");
        (await provider.GetAuthenticationHeaderAsync(default))!.Parameter.ShouldBe("first");
        await File.WriteAllTextAsync(Path.Combine(_folder, "token"), "second");
        (await provider.GetAuthenticationHeaderAsync(default))!.Parameter.ShouldBe("first", "it is young");
        time.Advance(TimeSpan.FromMinutes(1));
        (await provider.GetAuthenticationHeaderAsync(default))!.Parameter.ShouldBe("second");
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Exec_AnswersAToken_IsUsedAndRunAgainWhenItExpires()
    {
        var counter = Path.Combine(_folder, "runs");
        var script = Path.Combine(_folder, "plugin");
        await File.WriteAllTextAsync(script, $$$"""
            #!/bin/sh
            echo run >> {{{counter}}}
            n=$(wc -l < {{{counter}}})
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"'"$GREETING-$1-$n"'","expirationTimestamp":"2020-01-01T00:00:00Z"}}'
            """);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(Write($$$"""
            current-context: a
            contexts: [{name: a, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://c"}}]
            users:
              - name: u
                user:
                  exec: {apiVersion: client.authentication.k8s.io/v1, command: {{{script}}}, args: [x], env: [{name: GREETING, value: hello}]}
            """));

        (await config.TokenProvider.GetAuthenticationHeaderAsync(default))!.Parameter.ShouldBe("hello-x-2", "the first answer has expired long ago");
    }

    [Fact]
    public void Exec_Fails_SaysWhatTheProgramSaid()
    {
        var path = Write("""
            {current-context: a, contexts: [{name: a, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: "https://c"}}],
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: [-c, "echo log in first >&2; exit 3"]}}}]}
            """);

        Should.Throw<KubeConfigException>(() => KubernetesClientConfiguration.BuildConfigFromConfigFile(path))
            .Message.ShouldBe("The credential program 'sh' failed with code 3: log in first");
    }

    private string Write(string yaml)
    {
        var path = Path.Combine(_folder, "config");
        File.WriteAllText(path, yaml, Encoding.UTF8);
        return path;
    }
}
