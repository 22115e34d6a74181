using SharpProbe.App;
using SharpProbe.Io;

namespace SharpProbe.Tests.Firmware;

public class CrashReportTests
{
    private static readonly byte[] Symbols = SymbolTableTests.Table(
        (0x08000100, "Probe.Main"), (0x08000200, "Probe.Work"), (0x08000300, "(core library)"), (0x08000400, "Probe.Last"));

    private static string Report(CrashKind kind, uint pc = 0, uint cfsr = 0, uint mmfar = 0, uint bfar = 0, uint[]? returns = null, string message = "") =>
        Text.Of((ref ByteWriter text) => CrashReport.Write(ref text, new Crash
        {
            Kind = kind,
            Pc = pc,
            Cfsr = cfsr,
            Mmfar = mmfar,
            Bfar = bfar,
            Returns = returns ?? [],
            Message = Text.Bytes(message),
        }, new SymbolTable(Symbols)));

    [Fact]
    public void A_bus_fault_names_its_address_and_its_function() =>
        Assert.Equal("BusFault (precise access at 0x60000000) in Probe.Work < Probe.Main (pc 0x08000210)",
            Report(CrashKind.BusFault, 0x08000210, 1u << 9 | 1u << 15, bfar: 0x60000000, returns: [0x08000120]));

    [Fact]
    public void A_failed_check_skips_the_core_library() =>
        Assert.Equal("index out of range in Probe.Work < Probe.Main",
            Report(CrashKind.FailFast, returns: [0x08000310, 0x08000220, 0x08000120], message: "index out of range"));

    [Fact]
    public void A_return_address_just_behind_a_function_belongs_to_that_function() =>
        Assert.Equal("x in Probe.Work", Report(CrashKind.FailFast, returns: [0x08000300], message: "x"));

    [Fact]
    public void Recursion_is_told_once() =>
        Assert.Equal("x in Probe.Work < Probe.Main", Report(CrashKind.FailFast, returns: [0x08000220, 0x08000230, 0x08000220, 0x08000120], message: "x"));

    [Fact]
    public void A_stack_overflow_has_no_pc_but_callers() =>
        Assert.Equal("MemManage (stacking: the stack is full) in Probe.Work", Report(CrashKind.MemManage, 0, 1u << 4, returns: [0x08000220]));

    [Fact]
    public void An_interrupt_without_a_handler_is_named_by_number() =>
        Assert.Equal("unexpected interrupt 12", Report((CrashKind)(16 + 12)));

    [Fact]
    public void An_address_that_the_hardware_did_not_record_is_not_shown() =>
        Assert.Equal("BusFault (imprecise write) in Probe.Work (pc 0x08000210)", Report(CrashKind.BusFault, 0x08000210, 1u << 10, bfar: 0x12345678));
}
