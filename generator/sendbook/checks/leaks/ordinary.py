"""Words that are somebody's name and something else as well: alone they tell nothing about anyone.

A name made of them is still found where first name and surname stand together. The list is for English texts about
schools; a campus adds words of its own under ``public_words`` in campus.yml.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Surnames and first names that are everyday words, months, places or trades.
_WORDS = _words(
    """
    abbot able ace aim airy alder alley amber amen angel apple april arch archer arm ash august autumn avery baker
    ball bank banks bar barber bard barker barley barn baron barrow basil bass bath battle bay beach beacon beadle
    bean bear beard beck bee bell bella belle bench berry best beverage bill birch bird bishop black blade blake bland
    bliss block bloom blossom blue blunt boar boat bold bolt bond bone book boot border bow bowl bowler box boy brand
    brandy brass brave bray bread brick bridge bridges bright brook brooks broom brown buck bud bull burn burns bush
    butcher butler button buzz byrd cable camp candy cane cannon canon cape card carpenter carr carrot cart carter
    case cash castle cave chain chance chandler chapel chapman charity chase cherry chess child church churchill city
    clara clark clay clear clerk cliff close cloud clover coach coal cole coleman collar collier comfort constable
    cook cooke coombe cooper copper coral cord corn corner cotton county court cove cow cowell cox crab craft crane
    cream creed crisp crook cross crow crown cruise crystal cup curl curtain curtis dahlia daily dainty daisy dale
    dance dark dawn day deacon dean dear deed deer dell destiny dew diamond dick dill dine dock dolly dove down downs
    drake draper drew drum dry duck duke dusty dyer eagle earl early east easter ebony echo eden edge elder elm ember
    emerald english ever evergreen every exam fair faith falcon fame fan farm farmer fathom faun fay fell fen fern
    ferry field fields fig finch finn fir fish fisher fletcher flint flood flora florence flower foot ford forest
    forester foster fountain fowler fox frank free freeman french friend frost fry fuller gage gale game garden
    gardener gardner garland garner garnet gate gates gem gene gentle gentry ginger glade glass glen glover gold
    golden good goodall goodman goose gore grace grain grange grant grave graves gray green greene grey groom grove
    guest guide gull gunner guy hale hall ham hamlet hand hardy hare harm harmony harp harper harrow hart harvest
    harvey hatch hatter haven hawk hawthorn hay haze hazel head heart heath heather hedge help henna henry herb herd
    heron hide high hill hills hive hobby hogg holiday holly holm home homer honey honour hood hook hope horn horne
    horner horse house hunt hunter hurst ice ideal independence india inn iris irish iron island ivory ivy jack jade
    jam jasmine jay jean jenny jet jewel job jolly jordan josh journey joy joyce judge july june juniper just justice
    kay keel keen keep kemp kent kerry key kidd king kingdom kirk kit kitchen knight lace lady lake lamb lance land
    lane larch lark last laurel lavender law lawn lawyer lea leach leader leaf lee legend leigh lemon level liberty
    light lilac lily lime linden lion little lock lodge london long lord lot love lovely low lucky luna lunch lynch
    lyric mace magnolia main major malt man manly manor maple marble march marina mark market marks marl marsh martin
    mason masters mat matter may mayer mead meadow melody mercer mercy merit merry mickle mild miles mill miller mills
    minor mint miracle mist misty mole monk moody moon moor moore moral moss mount mountain much mustard myrtle nation
    neat need newman nice nickel night noble noel noon norm north nova nun nurse nutmeg oak oakley ocean olive opal
    orange orchard orchid otter own owner ox pace page paige pain paine painter palm palmer paradise paris park parker
    parks parrot parson parsons patience peace peach peacock pear pearl pease pen penny pepper perch petal petty
    phoenix piece pike pilgrim pin pine piper pitch place plain plant plum poet pole pollock pond pool poole poppy
    port porter post potter pound power powers precious press price pride priest prime primrose prince print prior
    promise proud prudence prune purple quick quill quince rabbit rain rainbow ram ramp ranger rave raven ray read
    reader ready reason record red redhead reed reef reeve reeves rhodes rice rich riddle ridge ring ripe ripple rise
    river rivers road roads roam robin rock rocket roe roman root rope rosa rose rosemary round row rowan rowe royal
    ruby rule rush rust sad sadler saffron sage sailor saint sally salmon salt sand sands sandy sapphire sargent
    savage savanna sawyer say scarlet school scot scott sea seal self serenity sergeant service sewell shade sharp
    sharpe shaw shell shepherd sheppard shine ship shore short shorter silk silver simple singer single sky skye slate
    slater sleet sloan small smart smith snow sole song sorrel south spark sparks sparrow speak spear speed spence
    spice spring squire staff stag star stark steel steele step sterling stern stevens stock stokes stone storm story
    straw stream street strong style sugar summer summers sun sunday sunny swallow swan sweet swift sword tailor tale
    talent tall tanner tate taylor teal temple tern terrace terry thistle thorn thorne thyme tide tiger till timber
    time tinker todd toil tom topaz tower town townsend train trainer travel tree trees trip trout true trusty tucker
    tuesday tulip turf turner twin tyler unity vale valley van vance vane velvet venture vera verity vicar victor
    victory vine viola violet viper virtue vogue wade wagon waite walk walker wall waller ward warden ware warm warren
    water waters watt way weather weaver webb webster wednesday weed weeks well wells welsh west wheat wheel wheeler
    while whisper white whitehead wick wide wild wilde will willow wills win wind windsor wine winner winter winters
    wise wish wolf wolfe wonder wong wood woodland woods woodward wool word words work worth wren wright yard yates
    year york young zeal zion
    """
)

# Surnames so common, or so often a place's, a charity's or an author's, that alone they point at nobody.
_COMMON = _words(
    """
    adams ahmed alexander ali allen anderson andrews bailey barnes barnett barrett bates begum bell bennett berry bibi
    booth bradley brooks burton butt campbell chambers chan chapman chen clarke collins cooper cunningham davidson
    davies davis dawson dixon douglas edwards elliott ellis evans ferguson fletcher foster francis fraser gallagher
    george gibson gill gordon graham grant gray griffiths hamilton harris harrison harvey hassan hawkins henderson
    henry hill holmes howard hudson hughes hunt hussain iqbal jackson james jenkins john johnson johnston jones kaur
    kelly kennedy khan king knight lawrence lee lewis li lim lin lloyd lynch macdonald marshall martin mason matthews
    mcdonald mills mitchell mohamed mohammed moore morgan morris morrison murphy murray nguyen nicholson obrien oliver
    owen palmer parker patel pearson perry peters phillips pollard porter powell price reid reynolds rhys richards
    richardson roberts robertson robinson rogers ross russell ryan saunders scott sharma shaw simpson singh smith
    spencer stephens stevens stewart stone sutton taylor thomas thompson thomson turner walker wallace walsh wang ward
    warner watson watts webb wells west white wilkinson williams williamson wilson wong wood woods wright wu young
    zhang
    """
)

_PLACES = _words(
    """
    ashford barnsley barton bath bolton bradford brooklyn burton bury buxton cambridge chad chelsea chester clifton
    compton crosby derby devon dublin durham essex georgia hastings holland huntley israel kenya kingston lancaster
    langley lincoln marlow milton newton norton oxford preston reading sheffield stafford stamford sussex sydney
    verona victoria wakefield walton warwick washington wickham winchester windsor worthington york
    """
)

#: Even two of these in a row are a name only where they are written as one.
EVERYDAY = _WORDS
#: Alone, none of these is a name of anybody.
ORDINARY = _WORDS | _COMMON | _PLACES
