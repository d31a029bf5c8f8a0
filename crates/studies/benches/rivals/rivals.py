"""What others take for the same work, on one thread: median CPU seconds of five runs, then what was reached."""

import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")


def median(work):
    times = []
    for _ in range(5):
        start = time.process_time()
        found = work()
        times.append(time.process_time() - start)
    return sorted(times)[2], found


def told(seconds, *reached):
    print(seconds, *reached)


def lists(name):
    with open(name) as file:
        return [[int(item) for item in line.split()] for line in file.read().split("\n")]


def matrix(name, width):
    return np.fromfile(name).reshape(-1, int(width))


def pyfim(name, count):
    import fim

    baskets = [tuple(basket) for basket in lists(name)]
    seconds, found = median(lambda: fim.fpgrowth(baskets, target="s", supp=-int(count), zmin=1, report="a"))
    told(seconds, len(found))


def mlxtend(name, count, items):
    import pandas
    from mlxtend.frequent_patterns import fpgrowth

    baskets = lists(name)
    held = np.zeros((len(baskets), int(items)), dtype=bool)
    for row, basket in enumerate(baskets):
        held[row, basket] = True
    held = pandas.DataFrame(held)
    share = (int(count) - 0.5) / len(baskets)
    seconds, found = median(lambda: fpgrowth(held, min_support=share))
    told(seconds, len(found))


def kmeans(name, width, k, starts):
    from sklearn.cluster import KMeans

    points = matrix(name, width)
    model = KMeans(n_clusters=int(k), n_init=int(starts), random_state=1)
    seconds, found = median(lambda: model.fit(points))
    told(seconds, found.inertia_)


def split(name, width):
    table = matrix(name, int(width) + 2)
    x, y, test = table[:, :-2], table[:, -2], table[:, -1] > 0.5
    return x[~test], y[~test], x[test], y[test]


def lightgbm(name, width, rounds, leaves, *categories):
    import lightgbm as lgb
    from sklearn.metrics import roc_auc_score

    x, y, x_test, y_test = split(name, width)
    settings = {
        "objective": "binary", "num_leaves": int(leaves), "learning_rate": 0.05, "min_data_in_leaf": 20,
        "lambda_l2": 1.0, "max_bin": 255, "num_threads": 1, "verbose": -1, "seed": 1, "deterministic": True,
    }
    chosen = [int(c) for c in categories]

    def work():
        data = lgb.Dataset(x, label=y, categorical_feature=chosen or "auto")
        return lgb.train(settings, data, num_boost_round=int(rounds))

    seconds, model = median(work)
    told(seconds, roc_auc_score(y_test, model.predict(x_test)))


def logistic(name, width):
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss, roc_auc_score

    x, y, x_test, y_test = split(name, width)
    seconds, model = median(lambda: LogisticRegression(C=1.0, max_iter=1000).fit(x, y))
    p = model.predict_proba(x_test)[:, 1]
    told(seconds, roc_auc_score(y_test, p), log_loss(y_test, p))


def raw_logistic(name, width, *categories):
    """The same from raw columns, as people use it: codes of levels one-hot, numbers scaled."""
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss, roc_auc_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    x, y, x_test, y_test = split(name, width)
    x, x_test = np.nan_to_num(x), np.nan_to_num(x_test)
    levels = [int(c) for c in categories]
    numbers = [c for c in range(int(width)) if c not in levels]

    def work():
        shape = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), levels), (StandardScaler(), numbers))
        return make_pipeline(shape, LogisticRegression(C=1.0, max_iter=1000)).fit(x, y)

    seconds, model = median(work)
    p = model.predict_proba(x_test)[:, 1]
    told(seconds, roc_auc_score(y_test, p), log_loss(y_test, p))


TASKS = {f.__name__: f for f in (pyfim, mlxtend, kmeans, lightgbm, logistic, raw_logistic)}
TASKS[sys.argv[1]](*sys.argv[2:])
