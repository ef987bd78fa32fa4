using System.Net;
using Bulkhead.Api.Manifests;
using Bulkhead.Api.Problems;
using Bulkhead.Running;
using Bulkhead.Server.Access;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Server;

/// <summary>From options to a server that is ready to start, or to every fault of the options and the files that they name.</summary>
internal sealed class ServerOpening(ServeOptions options, ServerSettings settings, ILoggerFactory logs)
{
    private readonly List<Problem> _problems = [];

    public (ServerHost? Host, IReadOnlyList<Problem> Problems) Open()
    {
        var endpoint = ListenAddress.Parse(options.Listen);
        if (endpoint is null) Add("INVALID_ADDRESS", $"'{options.Listen}' is no HOST:PORT.", "--listen");
        if (options.PerUser < 1 || options.Workers < 1) Add("INVALID_LIMIT", "At least one execution must be allowed to run.", "--workers");
        foreach (var origin in options.Origins.Where(o => !IsOrigin(o))) Add("INVALID_ORIGIN", $"'{origin}' is no origin; write https://host or https://host:port.", "--origin");
        Read("--kestrel", () => CheckTransport(endpoint));
        var tokens = Read("--tokens", OpenTokens);
        var connections = Read("--connections", ReadConnections);
        return _problems.Count > 0 || Read("--data", () => new ServerHost(options, settings, endpoint!, tokens!, connections!, logs)) is not { } host
            ? (null, _problems)
            : (host, []);
    }

    public static Problem Fault(string code, string message, string path) => new(ProblemClass.ContextFailure, code, message, path);

    private bool CheckTransport(IPEndPoint? endpoint)
    {
        var kestrel = Listener.Configuration(options);
        if (kestrel.GetSection("Endpoints").GetChildren().Any()) Add("ENDPOINTS_NOT_ALLOWED", "Addresses are said with --listen alone.", "Kestrel:Endpoints");
        if (endpoint is null || IPAddress.IsLoopback(endpoint.Address) || options.Insecure || Listener.HasCertificate(kestrel)) return true;
        Add(
            "TLS_REQUIRED",
            $"{options.Listen} is not a loopback address: configure a certificate (Kestrel:Certificates:Default), or allow plain HTTP with --insecure.", "--listen");
        return false;
    }

    private TokenBook? OpenTokens()
    {
        var (book, problems) = TokenBook.Open(options.Tokens, settings.Clock, logs.CreateLogger("bulkhead"));
        _problems.AddRange(problems);
        return book;
    }

    private ConnectionsFile ReadConnections()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(options.Connections ?? ".")) ?? ".";
        var manifests = options.Connections is { } path ? ManifestReader.Read(File.ReadAllBytes(path)) : new ManifestSet();
        _problems.AddRange(manifests.Problems);
        return new ConnectionsFile
        {
            Manifests = [manifests],
            Values = new SecretValues(folder, options.AllowInlineSecrets, options.Variable),
            NamespaceIsTenant = true,
        };
    }

    private T? Read<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Add("FILE_UNREADABLE", e.Message, option);
            return default;
        }
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);

    private void Add(string code, string message, string path) => _problems.Add(Fault(code, message, path));
}
