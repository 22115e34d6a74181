using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Targets.Rp2350;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>A simulated RP2350, whose debug port is ADIv6's, judged by OpenOCD in a Linux computer, through the probe. OpenOCD 0.12 has no file for the chip and no driver for its flash; its ADIv6 is what is asked here.</summary>
[Collection(VendorGuestCollection.Name)]
public sealed class Rp2350Tests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const uint Ram = 0x2000_2000, Code = 0x2000_3000;

    // movs r0, #0; adds r0, #1; b .-2
    private static readonly ushort[] s_program = [0x2000, 0x3001, 0xE7FD];

    private static readonly string[] s_chip =
    [
        "transport select swd", "adapter speed 4000", "swd newdap rp2350 cpu -expected-id 0x00040927", "dap create rp2350.dap -adiv6 -chain-position rp2350.cpu",
        "target create rp2350.core0 cortex_m -dap rp2350.dap -ap-num 0x2000", "target create rp2350.core1 cortex_m -dap rp2350.dap -ap-num 0x4000",
        "rp2350.core0 cortex_m reset_config sysresetreq", "rp2350.core1 cortex_m reset_config sysresetreq", "init",
    ];

    [GuestTheory]
    [InlineData("usb_bulk")]
    [InlineData("hid")]
    public void OpenOcd_walks_its_table_and_debugs_both_cores(string transport) => With("stlinkv3mini", probe =>
    {
        probe.Bench(() => probe.Target.Load(Rp2350Image.Of(s_program, 0x800), ChipRp2350.Xip));
        string said = Session(transport,
            "dap info", "dap info 0x2000", "rp2350.dap apreg 0x4000 0xdfc", "targets rp2350.core0", "halt", "reg pc", "mdw 0xd0000000", $"mww {Ram} 0xcafe4711", $"mwb {Ram + 2} 0xbb", $"mdw {Ram}",
            $"mwh {Code} 0x46c0", $"mwh {Code + 2} 0x46c0", $"mwh {Code + 4} 0xe7fe", $"reg pc {Code}", $"bp {Code + 2} 2 hw", "resume", "wait_halt 2000", "reg pc", $"rbp {Code + 2}",
            "targets rp2350.core1", "halt", "mdw 0xd0000000", $"mdw {Ram}", "mdw 0x10000000 2", "targets rp2350.core0", "reset halt", "reg pc");
        foreach (string text in new[] { "SWD DPIDR 0x4c013477", "AP # 0x0", "AP # 0x2000", "AP # 0x4000", "0x34770008", "MEM-AP AHB5 with enhanced HPROT", "SoC-600 APB-AP", "End of ROM table", "0xd0000000: 00000000", "0xd0000000: 00000001", "0x20002000: cabb4711", $"pc (/32): 0x{Code + 2:x8}", "0x10000000: 20001000 10000201", "pc (/32): 0x00000062" })
            Assert.Contains(text, said);
    }, target: Rp2350.TargetName);

    private string Session(string transport, params IEnumerable<string> commands)
    {
        string line = $"openocd -f interface/cmsis-dap.cfg {string.Join(' ', s_chip.Prepend($"cmsis_dap_backend {transport}").Concat(commands).Append("shutdown").Select(c => $"-c '{c}'"))}";
        var run = Guest.Run(line, 120);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        OpenOcd.AssertCalm(run.Good);
        return run.Text;
    }
}
