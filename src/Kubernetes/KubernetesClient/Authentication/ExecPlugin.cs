using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using k8s.Exceptions;
using k8s.KubeConfigModels;

namespace k8s.Authentication;

/// <summary>Runs the credential program of a kubeconfig (client.authentication.k8s.io/v1 and v1beta1). At most two minutes.</summary>
internal static class ExecPlugin
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<ExecCredential> RunAsync(ExternalExecution exec, CancellationToken ct)
    {
        using var process = new Process { StartInfo = StartInfo(exec) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            process.Start();
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
                throw new KubeConfigException($"The credential program '{exec.Command}' failed with code {process.ExitCode}: {(await errors).Trim()}");
            return JsonSerializer.Deserialize<ExecCredential.Envelope>(output, KubernetesJson.Options)?.Status
                ?? throw new KubeConfigException($"The credential program '{exec.Command}' answered without a status.");
        }
        catch (Exception e) when (e is Win32Exception or JsonException)
        {
            throw new KubeConfigException($"The credential program '{exec.Command}' cannot be used: {e.Message}", e);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static ProcessStartInfo StartInfo(ExternalExecution exec)
    {
        var info = new ProcessStartInfo(exec.Command!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in exec.Arguments ?? [])
            info.ArgumentList.Add(argument);
        foreach (var variable in exec.EnvironmentVariables ?? [])
            info.Environment[variable["name"]] = variable["value"];
        info.Environment["KUBERNETES_EXEC_INFO"] = JsonSerializer.Serialize(
            new { apiVersion = exec.ApiVersion, kind = "ExecCredential", spec = new { interactive = false } });
        return info;
    }
}
