namespace SharpProbe.Sim.Cli.Rig;

/// <summary>Somebody else's flash driver that erases, programs and verifies a simulated target through the probe. A test of the guest's stands behind each row (hosttests/guest, AcceptsAttribute).</summary>
/// <param name="Target">On the bench.</param>
/// <param name="Tool">OpenOCD or pyOCD.</param>
/// <param name="Name">OpenOCD's driver, or pyOCD's target.</param>
public sealed record ForeignDriver(string Target, string Tool, string Name)
{
    public const string OpenOcd = "OpenOCD", PyOcd = "pyOCD";

    public static IReadOnlyList<ForeignDriver> All { get; } =
    [
        new("stm32f103", OpenOcd, "stm32f1x"),
        new("stm32f103-clone", OpenOcd, "stm32f1x"), new("stm32f103-clone", PyOcd, "stm32f103rc"),
        new("gd32f103", OpenOcd, "stm32f1x"), new("ch32f103", OpenOcd, "stm32f1x"), new("gd32e230", OpenOcd, "stm32f1x"), new("gd32f407", OpenOcd, "stm32f2x"),
        new("stm32f407", OpenOcd, "stm32f2x"),
        new("stm32f412", OpenOcd, "stm32f2x"), new("stm32f412", PyOcd, "stm32f412xg"),
        new("stm32l475", OpenOcd, "stm32l4x"), new("stm32l475", PyOcd, "stm32l475xg"),
        new("stm32g071", OpenOcd, "stm32l4x"),
        new("stm32f051", OpenOcd, "stm32f1x"), new("stm32f303", OpenOcd, "stm32f1x"),
        new("stm32h743", OpenOcd, "stm32h7x"), new("stm32h7a3", OpenOcd, "stm32h7x"),
        new("stm32l053", OpenOcd, "stm32lx"), new("stm32l152", OpenOcd, "stm32lx"), new("stm32l162", OpenOcd, "stm32lx"),
        new("nrf51822", OpenOcd, "nrf51"), new("nrf51822", PyOcd, "nrf51"),
        new("stm32l552", OpenOcd, "stm32l4x"),
        new("stm32u575", OpenOcd, "stm32l4x"),
        new("stm32l552-tz", OpenOcd, "stm32l4x"), new("stm32h723", OpenOcd, "stm32h7x"), new("stm32f410", OpenOcd, "stm32f2x"), new("stm32l011", OpenOcd, "stm32lx"), new("stm32l151", OpenOcd, "stm32lx"),
        new("stm32l4r5", OpenOcd, "stm32l4x"), new("stm32g474", OpenOcd, "stm32l4x"), new("stm32g431", OpenOcd, "stm32l4x"), new("stm32wb55", OpenOcd, "stm32l4x"), new("stm32wl55", OpenOcd, "stm32l4x"),
        new("stm32f207", OpenOcd, "stm32f2x"), new("stm32f429", OpenOcd, "stm32f2x"), new("stm32f429", PyOcd, "stm32f439xi"),
        new("stm32f722", OpenOcd, "stm32f2x"), new("stm32f746", OpenOcd, "stm32f2x"), new("stm32f767", OpenOcd, "stm32f2x"),
        new("nrf52832", OpenOcd, "nrf5"), new("nrf52832", PyOcd, "nrf52"),
        new("rp2040", OpenOcd, "rp2040_flash"),
        new("samd21", OpenOcd, "at91samd"), new("same54", OpenOcd, "atsame5"), new("sam4s", OpenOcd, "at91sam4"), new("sam3x", OpenOcd, "at91sam3"), new("same70", OpenOcd, "atsamv"),
        new("efm32gg", OpenOcd, "efm32"), new("efm32hg", OpenOcd, "efm32"), new("efr32mg12", OpenOcd, "efm32"),
        new("mkl25z128", OpenOcd, "kinetis"), new("mkl25z128", PyOcd, "kl25z"),
        new("mk64fn1m0", OpenOcd, "kinetis"), new("mk64fn1m0", PyOcd, "k64f"),
        new("mke18f512", OpenOcd, "kinetis"), new("mke18f512", PyOcd, "ke18f16"),
        new("mke06z128", OpenOcd, "kinetis_ke"), new("mke02z64", OpenOcd, "kinetis_ke"),
        new("lpc1768", OpenOcd, "lpc2000"), new("lpc1768", PyOcd, "lpc1768"),
        new("lpc1343", OpenOcd, "lpc2000"), new("lpc1549", OpenOcd, "lpc2000"), new("lpc4357", OpenOcd, "lpc2000"),
        new("lpc824", OpenOcd, "lpc2000"), new("lpc824", PyOcd, "lpc824"), new("lpc4088", OpenOcd, "lpc2000"), new("lpc4088", PyOcd, "lpc4088"),
        new("lpc11u24", OpenOcd, "lpc2000"), new("lpc11u24", PyOcd, "lpc11u24"),
    ];

    /// <summary>Simulated targets that none of OpenOCD 0.12 and Debian's pyOCD 0.13.1 programs, and why.</summary>
    public static IReadOnlyDictionary<string, string> Without { get; } = new Dictionary<string, string>
    {
        ["stm32f103-slow"] = "the stm32f103 with the longest times of its datasheet",
        ["rp2040-512k"] = "the rp2040 with less flash",
        ["rp2350"] = Unknown, ["rp2350-512k"] = Unknown,
        ["gd32f303"] = "OpenOCD takes it for an STM32F3",
        ["at32f403a"] = Unknown, ["at32f415"] = Unknown, ["at32f421"] = Unknown, ["cs32f103"] = Unknown,
        ["stm32h503"] = Unknown, ["stm32h563"] = Unknown, ["stm32c031"] = Unknown, ["stm32u083"] = Unknown,
        ["nrf5340"] = Unknown, ["nrf9160"] = Unknown,
        ["efr32mg22"] = "OpenOCD's ends with series 1", ["s32k144"] = Unknown,
    };

    private const string Unknown = "its id is in neither";

    /// <summary>"OpenOCD stm32f1x, pyOCD", or empty.</summary>
    public static string Of(string target) => string.Join(", ", All.Where(d => d.Target == target).Select(d => $"{d.Tool} `{d.Name}`"));
}
