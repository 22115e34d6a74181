using SharpProbe.Adi;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Targets.Sam;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Parts;

/// <summary>SAM with the security bit set and EFM32 with the debug lock word written: named, not attached to, and opened by "monitor recover".</summary>
public class ClosedPartTests
{
    [Theory]
    [InlineData("samd21", "SAMD21G18A")]
    [InlineData("same54", "SAME54P20A")]
    public void A_secured_SAM_is_listed_and_recovered(string name, string part)
    {
        var bench = new PartBench(name);
        bench.Target.Load(PlainProgram.Of(name).Image(0x200), 0);
        bench.Monitor("swd_scan");
        Succeeds(bench.Session.Attach(0));
        Assert.Equal("", bench.Monitor("set_security_bit irreversible"));
        bench.Target.SystemReset();
        string scan = bench.Monitor("swd_scan");
        Assert.Contains($" 1      {part}, secured (monitor recover)", scan);
        Assert.Equal(FaultKind.NeedsRecovery, bench.Session.Attach(0).Kind);
        string recovered = bench.Monitor("recover");
        Assert.Contains(part + " M", recovered);
        Succeeds(bench.Session.Attach(0));
        Assert.Equal(uint.MaxValue, bench.Word(0x100));
        Assert.Null(bench.Target.Stopped);
    }

    [Theory]
    [InlineData("efm32gg", "EFM32GG230F1024 M3")]
    [InlineData("efr32mg12", "EFR32MG12P432F1024 M4")]
    [InlineData("efm32hg", "EFM32HG322F64 M0+")]
    public void A_locked_EFM32_is_listed_and_recovered(string name, string part)
    {
        var bench = new PartBench(name);
        bench.Target.Load(PlainProgram.Of(name).Image(0x200), 0);
        bench.Monitor("swd_scan");
        Succeeds(bench.Session.Attach(0));
        Assert.StartsWith("written", bench.Monitor("option 0x0FE041FC 0xFFFFFFF0 irreversible"));
        bench.Target.SystemReset();
        string scan = bench.Monitor("swd_scan");
        Assert.Matches(" 1      EFM32( or EFR32)?, debug locked \\(monitor recover\\)", scan);
        string recovered = bench.Monitor("recover");
        Assert.Contains(part, recovered);
        Succeeds(bench.Session.Attach(0));
        Assert.Equal((uint.MaxValue, uint.MaxValue), (bench.Word(0x100), bench.Word(0x0FE0_41FC)));
    }
}
