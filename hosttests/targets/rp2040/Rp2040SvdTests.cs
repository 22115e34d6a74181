using SharpProbe.Sim.Svd;
using SharpProbe.Tests.Svd;

namespace SharpProbe.Tests.Targets.Rp2040;

public class Rp2040SvdTests
{
    private static readonly SvdExplanation[] Explanations =
    [
        new("RP2040", "*", "read", "values that are computed have no other bits, and kept ones keep all"),
        new("RP2040", "IO_QSPI.*INT*", "write", "interrupts stop the bench, whichever bit"),
        new("RP2040", "PADS_QSPI.*", "write", "kept without effect"),
        new("RP2040", "SYSINFO.*", "write reset", "the file has no values (datasheet 2.20)"),
        new("RP2040", "TBMAN.PLATFORM", "write", "kept without effect"),
        new("RP2040", "PSM.DONE", "reset", "of a chip that has started"),
        new("RP2040", "XIP_SSI.SR", "reset", "FIFOs that are empty (datasheet 4.10.13)"),
        new("RP2040", "WATCHDOG.CTRL", "write", "TRIGGER acts and stores nothing"),
        new("RP2040", "XIP_CTRL.STREAM_*", "write missing", "streaming stops the bench"),
    ];

    [SvdFact]
    public void Registers_are_where_the_vendors_file_has_them_with_its_reset_values()
    {
        var file = new SvdFile(Path.Combine(SvdFactAttribute.Folder!, "RP2040.svd.gz"));
        var all = new Rp2040Rig().Target.Part.Placed.SelectMany(block => SvdCheck.Compare(block, file)).Where(d => !Explanations.Any(e => e.Covers(file.Name, d))).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
