using static Bulkhead.Cli.Tests.Cluster.FakeCluster;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>Kubeconfigs that cannot be used: one sentence and exit code 3, never a stack trace, and never anonymous without a word.</summary>
public sealed class KubeconfigFaultTests
{
    private const string Advice = " Give --kubeconfig FILE or --context NAME, or set KUBECONFIG.";
    private const string NoHeader = "It holds a line break or another character that no header can carry.";

    [Theory]
    [InlineData("certificate-authority: /no/such", "", "The kubeconfig's certificate-authority cannot be used: Could not find a part of the path '/no/such'.")]
    [InlineData("certificate-authority-data: '!!'", "", "The kubeconfig's certificate-authority-data cannot be used: The input is not a valid Base-64 string")]
    [InlineData("certificate-authority-data: aGVsbG8=", "", "The kubeconfig's certificate-authority-data cannot be used: It holds no certificate in PEM.")]
    [InlineData("", "{client-certificate: /tmp/no-such, client-key: /tmp/no-such}", "The kubeconfig's client-certificate cannot be used: Could not find file '/tmp/no-such'.")]
    [InlineData("", "{client-certificate-data: '%%', client-key-data: '%%'}", "The kubeconfig's client-certificate-data cannot be used: The input is not a valid Base-64 string")]
    [InlineData("", "{tokenFile: /tmp/no-such}", "The kubeconfig's tokenFile cannot be used: Could not find file '/tmp/no-such'.")]
    [InlineData("", "{token: \"a\\nb\"}", "The kubeconfig's token cannot be used: " + NoHeader)]
    [InlineData("", "{auth-provider: {name: oidc, config: {client-id: x}}}", "User 'me' of the kubeconfig logs in with the auth-provider 'oidc', which is not supported. Use an exec plugin in its place.")]
    public async Task Open_FaultyValue_IsNamed(string cluster, string user, string expected)
    {
        var run = await ListAsync(cluster, $"[{{name: me, user: {(user.Length > 0 ? user : "{}")}}}]");

        run.ExitCode.ShouldBe(3, run.Error);
        run.Error.ShouldStartWith(expected);
        run.Error.Trim().ShouldEndWith(Advice);
        run.Error.Trim().Split('\n').ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("printf '{\"status\":{\"token\":\"a\\\\nb\"}}'", "The token of the credential program 'sh' cannot be used: " + NoHeader)]
    [InlineData("echo log in first >&2; exit 3", "The credential program 'sh' failed with code 3: log in first.")]
    public async Task Open_CredentialProgramFails_SaysWhatItSaidAndNoMore(string script, string expected)
    {
        var run = await ListAsync("", $"[{{name: me, user: {{exec: {{apiVersion: client.authentication.k8s.io/v1, command: sh, args: [-c, '{script.Replace("'", "''", StringComparison.Ordinal)}']}}}}}}]");

        (run.ExitCode, run.Error.Trim()).ShouldBe((3, expected));
    }

    [Theory]
    [InlineData("[{name: other, user: {token: x}}]")]
    [InlineData("[null]")]
    public async Task Open_UserIsNotThere_IsNotAnonymous(string users)
    {
        var run = await ListAsync("", users);

        (run.ExitCode, run.Error.Trim()).ShouldBe((3, $"The kubeconfig has no user 'me' (context 'it').{Advice}"));
    }

    [Theory]
    [InlineData("{current-context: it, contexts: [null]}", "The kubeconfig has no context 'it'.")]
    [InlineData("{current-context: it, contexts: [{name: it, context: {cluster: it}}], clusters: [null]}", "The kubeconfig has no cluster 'it' (context 'it').")]
    [InlineData("{current-context: it, contexts: [{name: it, context: {cluster: it}}], clusters: [{name: it, cluster: {server: 'ftp://x'}}]}", "'ftp://x' is not the address of an API server.")]
    public async Task Open_HoleInTheFile_IsNamed(string yaml, string expected)
    {
        using var config = new TemporaryFile(yaml, ".yaml");

        var run = await CliRun.RunAsync(["list", "--kubeconfig", config.Path]);

        (run.ExitCode, run.Error.Trim()).ShouldBe((3, expected + Advice));
    }

    [Fact]
    public async Task List_AsNobody_AdvisesNoBindingForEverybody()
    {
        await using var cluster = new FakeCluster("running")
        {
            Special = async (context, _) =>
            {
                await RefuseAsync(context, 403, "workflowexecutions.bulkhead.dev is forbidden: User \"system:anonymous\" cannot list resource \"workflowexecutions\" in API group \"bulkhead.dev\" at the cluster scope");
                return true;
            },
        };

        var run = await cluster.RunAsync("list", "-A");

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldStartWith("Your kubeconfig gave no credentials");
        run.Error.ShouldNotContain("binding");
    }

    private static async Task<CliResult> ListAsync(string cluster, string users)
    {
        using var config = new TemporaryFile(
            $"current-context: it\ncontexts:\n- {{name: it, context: {{cluster: it, user: me}}}}\nclusters:\n- name: it\n  cluster:\n    server: https://127.0.0.1:1\n    {cluster}\nusers: {users}\n", ".yaml");
        return await CliRun.RunAsync(["list", "--kubeconfig", config.Path]);
    }
}
