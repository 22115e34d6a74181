using SharpProbe.Build;

namespace SharpProbe.Tests.Build;

/// <summary>Reads the disassembly of the linked image: each intrinsic is its instruction where it was called.</summary>
public class IntrinsicTests(BuiltImage image) : IClassFixture<BuiltImage>
{
    [Theory]
    [InlineData("site_dsb", "dsb sy")]
    [InlineData("site_dmb", "dmb sy")]
    [InlineData("site_isb", "isb sy")]
    [InlineData("site_wfi", "wfi")]
    [InlineData("site_wfe", "wfe")]
    [InlineData("site_cpsid", "cpsid i")]
    [InlineData("site_cpsie", "cpsie i")]
    [InlineData("site_cpsid_f", "cpsid f")]
    [InlineData("site_cpsie_f", "cpsie f")]
    [InlineData("site_start", "msr MSP, r0")]
    [InlineData("site_start", "bx r1")]
    [InlineData("site_mrs_primask", "mrs r0, PRIMASK")]
    [InlineData("site_msr_primask", "msr PRIMASK, r0")]
    [InlineData("site_mrs_basepri", "mrs r0, BASEPRI")]
    [InlineData("site_msr_basepri", "msr BASEPRI, r0")]
    [InlineData("site_mrs_msp", "mrs r0, MSP")]
    [InlineData("site_msr_msp", "msr MSP, r0")]
    [InlineData("site_mrs_control", "mrs r0, CONTROL")]
    [InlineData("site_msr_control", "msr CONTROL, r0")]
    [InlineData("site_bkpt", "bkpt 0x0000")]
    [InlineData("site_rbit", "rbit r0, r0")]
    [InlineData("site_rev", "rev r0, r0")]
    [InlineData("site_clz", "clz r0, r0")]
    [InlineData("site_sdiv", "sdiv r0, r0, r1")]
    [InlineData("site_udiv", "udiv r0, r0, r1")]
    [InlineData("site_smod", "sdiv r2, r0, r1")]
    [InlineData("site_smod", "mls r0, r2, r1, r0")]
    [InlineData("site_umod", "udiv r2, r0, r1")]
    [InlineData("site_umod", "mls r0, r2, r1, r0")]
    [InlineData("site_middle", "clz r0, r0")]
    [InlineData("site_middle", "rbit r0, r0")]
    public void An_intrinsic_is_its_instruction_at_the_call_site(string site, string instruction)
    {
        List<string> code = image.Disassemble(site);
        Assert.Contains(code, line => Plain(line) == instruction);
        Assert.DoesNotContain(code, line => line.StartsWith("bl", StringComparison.Ordinal) && !line.StartsWith("bls", StringComparison.Ordinal) && !line.StartsWith("blt", StringComparison.Ordinal));
    }

    [Fact]
    public void A_volatile_access_has_no_barrier()
    {
        List<string> code = image.Disassemble("site_volatile");
        Assert.Contains(code, line => line.StartsWith("ldr", StringComparison.Ordinal));
        Assert.DoesNotContain(code, line => line.StartsWith("dmb", StringComparison.Ordinal));
    }

    [Fact]
    public void No_call_through_a_register_to_a_known_method_is_left()
    {
        ShellResult disassembly = Shell.Capture("arm-none-eabi-objdump", ["-d", "--no-show-raw-insn", image.Elf]);
        string[] lines = disassembly.Output.ToArray();
        int left = Enumerable.Range(1, lines.Length - 1).Count(i => lines[i].Contains("\tblx\tr3") && lines[i - 1].Contains("\tmovt\tr3"));
        Assert.Equal(0, left);
    }

    /// <summary>Without the comment and the width suffix; objdump of some versions writes "isb sy", of others "isb".</summary>
    private static string Plain(string line)
    {
        int comment = line.IndexOfAny(['@', ';']);
        return (comment < 0 ? line : line[..comment]).Trim().Replace(".w ", " ");
    }
}
