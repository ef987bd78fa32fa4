using System.Net;
using Bulkhead.Engine.Actions.Web;

namespace Bulkhead.Engine.Tests.Actions.Web;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.8.8.8", "all of 127/8 is loopback")]
    [InlineData("0.0.0.0", "this host")]
    [InlineData("10.1.2.3", "private")]
    [InlineData("172.31.255.255", "private")]
    [InlineData("192.168.0.1", "private")]
    [InlineData("100.64.0.1", "carrier-grade NAT, and some clouds' metadata")]
    [InlineData("169.254.169.254", "link-local: cloud metadata")]
    [InlineData("198.18.0.1", "benchmarking")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("::1", "loopback")]
    [InlineData("::", "unspecified")]
    [InlineData("::ffff:127.0.0.1", "mapped loopback")]
    [InlineData("::ffff:169.254.169.254", "mapped metadata")]
    [InlineData("64:ff9b::a00:1", "NAT64 of a private address")]
    [InlineData("2002:7f00:1::", "6to4 of loopback")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fd00:ec2::254", "unique local: cloud metadata")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("2001:db8::1", "documentation")]
    public void Is_SpecialAddress_False(string address, string because) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBeFalse(because);

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    public void Is_PublicAddress_True(string address) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBeTrue();
}
