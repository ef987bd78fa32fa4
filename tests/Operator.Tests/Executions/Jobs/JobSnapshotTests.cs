using Bulkhead.Api.Contract;
using Bulkhead.Operator.Executions.Jobs;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Executions.Jobs;

/// <summary>A ConfigMap is the job only if it holds what was fixed at admission, and can hold nothing else.</summary>
public sealed class JobSnapshotTests
{
    private static readonly JobDraft Draft = Given.Draft(Given.Execution());

    public static TheoryData<string, Action<V1ConfigMap>> Planted() => new()
    {
        { "another workflow", m => m.BinaryData[ContractPaths.CompressedJob] = [.. Draft.Compressed, 0] },
        { "another pod shape", m => m.Data[JobSnapshot.ShapeKey] = JobSnapshot.Write(Draft.Shape! with { TenantId = "mallory" }) },
        { "may still be edited", m => m.Immutable = null },
        { "no workflow", m => m.BinaryData.Clear() },
        { "no pod shape", m => m.Data.Clear() },
        { "nothing", m => (m.Data, m.BinaryData) = (null, null) },
    };

    [Fact]
    public void Read_WhatWasFixed_IsThePodShape() =>
        JobSnapshot.Write(JobSnapshot.Read(Map(), Draft.Hash)!).ShouldBe(JobSnapshot.Write(Draft.Shape!));

    [Fact]
    public void Digest_OfDraftAndSnapshot_IsThatOfTheJobThatThePodMounts()
    {
        var digest = JobSnapshot.Digest(Map().BinaryData[ContractPaths.CompressedJob]);

        Draft.Shape!.JobDigest.ShouldBe(digest, "the first worker is made of the draft");
        JobSnapshot.Read(Map(), Draft.Hash)!.JobDigest.ShouldBe(digest, "every other pod is made of the snapshot");
    }

    [Theory]
    [MemberData(nameof(Planted))]
    public void Read_AnythingElse_IsNoJob(string what, Action<V1ConfigMap> plant)
    {
        var map = Map();
        plant(map);

        JobSnapshot.Read(map, Draft.Hash).ShouldBeNull(what);
    }

    [Fact]
    public void Read_NoMapOrNoHash_IsNoJob()
    {
        JobSnapshot.Read(null, Draft.Hash).ShouldBeNull();
        JobSnapshot.Read(Map(), null).ShouldBeNull("what was fixed is not known");
    }

    [Fact]
    public void Hash_SameJobTwice_IsTheSame()
    {
        Given.Draft(Given.Execution()).Hash.ShouldBe(Draft.Hash, "the operator may die before it has written the job");
        Draft.Hash.Length.ShouldBe(64);
    }

    private static V1ConfigMap Map() => JobBuilder.Build(Given.Execution(), Draft.Compressed, Draft.Shape!);
}
