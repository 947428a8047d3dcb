"""Common Japanese names with their reading, to name people who do not exist."""

import numpy as np

SURNAMES = """
佐藤 サトウ 鈴木 スズキ 高橋 タカハシ 田中 タナカ 伊藤 イトウ 渡辺 ワタナベ 山本 ヤマモト 中村 ナカムラ 小林 コバヤシ 加藤 カトウ
吉田 ヨシダ 山田 ヤマダ 佐々木 ササキ 山口 ヤマグチ 松本 マツモト 井上 イノウエ 木村 キムラ 林 ハヤシ 斎藤 サイトウ 清水 シミズ
山崎 ヤマザキ 森 モリ 池田 イケダ 橋本 ハシモト 阿部 アベ 石川 イシカワ 山下 ヤマシタ 中島 ナカジマ 石井 イシイ 小川 オガワ
前田 マエダ 岡田 オカダ 長谷川 ハセガワ 藤田 フジタ 後藤 ゴトウ 近藤 コンドウ 村上 ムラカミ 遠藤 エンドウ 青木 アオキ 坂本 サカモト
福田 フクダ 太田 オオタ 西村 ニシムラ 藤井 フジイ 金子 カネコ 岡本 オカモト 藤原 フジワラ 三浦 ミウラ 中野 ナカノ 中川 ナカガワ
原田 ハラダ 松田 マツダ 竹内 タケウチ 小野 オノ 田村 タムラ 中山 ナカヤマ 和田 ワダ 石田 イシダ 森田 モリタ 上田 ウエダ
原 ハラ 内田 ウチダ 柴田 シバタ 酒井 サカイ 宮崎 ミヤザキ 横山 ヨコヤマ 髙木 タカギ 安藤 アンドウ 宮本 ミヤモト 大野 オオノ
小島 コジマ 工藤 クドウ 谷口 タニグチ 今井 イマイ 髙田 タカダ 増田 マスダ 丸山 マルヤマ 杉山 スギヤマ 村田 ムラタ 大塚 オオツカ
新井 アライ 小山 コヤマ 平野 ヒラノ 藤本 フジモト 河野 コウノ 上野 ウエノ 武田 タケダ 野口 ノグチ 松井 マツイ 千葉 チバ
菅原 スガワラ 岩崎 イワサキ 久保 クボ 木下 キノシタ 佐野 サノ 野村 ノムラ 松尾 マツオ 菊地 キクチ 市川 イチカワ 杉本 スギモト
渡邉 ワタナベ 渡邊 ワタナベ 齋藤 サイトウ 髙橋 タカハシ 山﨑 ヤマサキ 濵田 ハマダ 栁田 ヤナギダ 德永 トクナガ 𠮷田 ヨシダ 𠮷川 ヨシカワ
"""

GIVEN_NAMES = """
陽葵 ヒマリ 凛 リン 結菜 ユイナ はな ハナ 葵 アオイ 紬 ツムギ 陽菜 ヒナ 美咲 ミサキ さくら サクラ 結衣 ユイ
莉子 リコ 澪 ミオ 芽依 メイ 詩 ウタ 咲良 サクラ 心春 コハル 杏 アン 楓 カエデ ひなた ヒナタ 七海 ナナミ
花音 カノン 琴音 コトネ 彩葉 イロハ 美月 ミヅキ 優奈 ユウナ 千尋 チヒロ 真央 マオ 愛莉 アイリ 栞 シオリ 柚希 ユズキ
ゆい ユイ みお ミオ ひより ヒヨリ こはる コハル めい メイ あかり アカリ すみれ スミレ つむぎ ツムギ りお リオ ほのか ホノカ
蓮 レン 陽翔 ハルト 湊 ミナト 樹 イツキ 蒼 アオ 大翔 ヒロト 悠真 ユウマ 律 リツ 朝陽 アサヒ 颯太 ソウタ
れん レン はると ハルト そうた ソウタ ゆうと ユウト いつき イツキ あおい アオイ りく リク ひろと ヒロト かいと カイト けんた ケンタ
悠人 ユウト 陸 リク 海斗 カイト 翔太 ショウタ 健太 ケンタ 拓海 タクミ 奏太 カナタ 新 アラタ 伊織 イオリ 暖 ハル
瑛太 エイタ 匠 タクミ 航 ワタル 大和 ヤマト 駿 シュン 創 ソウ 岳 ガク 旭 アサヒ 直樹 ナオキ 和真 カズマ
"""

ADULT_GIVEN_NAMES = """
健一 ケンイチ 浩 ヒロシ 隆 タカシ 誠 マコト 修 オサム 直人 ナオト 大輔 ダイスケ 剛 ツヨシ 和也 カズヤ 哲也 テツヤ
拓也 タクヤ 亮 リョウ 達也 タツヤ 雄太 ユウタ 翔平 ショウヘイ 秀樹 ヒデキ 正樹 マサキ 学 マナブ 聡 サトシ 進 ススム
裕子 ユウコ 恵子 ケイコ 真理子 マリコ 由美子 ユミコ 明美 アケミ 智子 トモコ 久美子 クミコ 香織 カオリ 麻衣 マイ 愛 アイ
彩香 アヤカ 美穂 ミホ 奈々 ナナ 絵里 エリ 千春 チハル 典子 ノリコ 洋子 ヨウコ 薫 カオル 早紀 サキ 友美 トモミ
"""


def _pairs(text: str) -> list[tuple[str, str]]:
    words = text.split()
    return list(zip(words[::2], words[1::2], strict=True))


GIRLS = 40  # so many of the first given names are those of girls

_SURNAMES, _GIVEN, _ADULT_GIVEN = _pairs(SURNAMES), _pairs(GIVEN_NAMES), _pairs(ADULT_GIVEN_NAMES)


def sex_of(given_name: str) -> str:
    """The sex an invented child's given name stands for, as a roster writes it."""
    place = next((at for at, (name, _kana) in enumerate(_GIVEN) if name == given_name), GIRLS)
    return "female" if place < GIRLS else "male"


def people(
    rng: np.random.Generator, count: int, adult: bool = False, taken: frozenset[tuple[str, str]] = frozenset()
) -> list[tuple[str, str, str, str]]:
    """Invented people: family name, given name and the katakana of both; frequent surnames come up more often.

    Nobody gets a name that is `taken` (family, given): whoever would, gets the next given name of the list.
    """
    given = _ADULT_GIVEN if adult else _GIVEN
    weight = 1 / (np.arange(len(_SURNAMES)) + 9.0)
    families = rng.choice(len(_SURNAMES), count, p=weight / weight.sum())
    givens = rng.integers(0, len(given), count)
    for i, (f, g) in enumerate(zip(families.tolist(), givens.tolist(), strict=True)):
        while (_SURNAMES[f][0], given[g][0]) in taken:
            g = (g + 1) % len(given)  # noqa: PLW2901
        givens[i] = g
    return [
        (_SURNAMES[f][0], given[g][0], _SURNAMES[f][1], given[g][1])
        for f, g in zip(families.tolist(), givens.tolist(), strict=True)
    ]
